import { unitsOf } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { ticker } from '../../records/ticker.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { known, listOf, unlessZero, seriesOf } from './rows.ts'
import * as wire from './wire.ts'

/** What is shown of every spot pair at once. Pairs that never traded have no price and are left out. */
export function mapSpotTickers(json: unknown, context: MapContext): Mapped {
  const mapping = new Mapping('spot tickers')
  const { now } = context
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.spotTicker, element, [i], (each) => {
      const { currency_pair: name, last, base_volume, quote_volume } = each
      if (last === undefined || last === 0) return
      const is = mapping.instrument(context, 'spot', { name, path: `[${i}].currency_pair`, raw: element })
      if (is === undefined) return
      const quotes = { ...unlessZero('bid', each.highest_bid), ...unlessZero('ask', each.lowest_ask) }
      const traded = { ...known('volume24h', base_volume), ...known('quoteVolume24h', quote_volume) }
      mapping.keep(ticker, { ...seriesOf(is), at: now, knownAt: now, last, ...quotes, ...traded }, element)
    })
  }
  return mapping.done()
}

/**
 * What is shown of every contract at once. Its volume in coins is cut to whole coins by the venue, so it is made of contracts;
 * of an inverse contract at the last price, as the venue does it.
 */
export function mapPerpTickers(json: unknown, context: MapContext): Mapped {
  const mapping = new Mapping('futures tickers')
  const { now } = context
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.perpTicker, element, [i], (each) => {
      const { contract: name, last, volume_24h: contracts, volume_24h_quote } = each
      if (last === undefined || last === 0) return
      const is = mapping.instrument(context, 'perp', { name, path: `[${i}].contract`, raw: element })
      if (is === undefined) return
      const { rule } = convention({
        venue: 'gate',
        field: 'trade',
        contract: is.contract,
        at: now,
        rule: 'trade',
      })
      const units = contracts === undefined ? NaN : unitsOf(contracts, rule.countedIn, { instrument: is, price: last })
      const shown = {
        last,
        ...unlessZero('mark', each.mark_price),
        ...unlessZero('index', each.index_price),
        ...unlessZero('bid', each.highest_bid),
        ...unlessZero('ask', each.lowest_ask),
        ...known('volume24h', units),
        ...known('quoteVolume24h', volume_24h_quote),
      }
      mapping.keep(ticker, { ...seriesOf(is), at: now, knownAt: now, ...shown }, element)
    })
  }
  return mapping.done()
}
