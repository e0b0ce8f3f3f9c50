import type { Instrument } from '../../records/instrument.ts'
import { ticker } from '../../records/ticker.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { isDated, listOf, seriesOf } from './rows.ts'
import * as wire from './wire.ts'

/**
 * What is shown of every instrument at once, at the end of the 24 hours that it counts. A price, bid or ask of 0 stands for
 * none: the first leaves the row out, the others the field.
 */
export function mapTickers(json: unknown, market: Instrument['market'], context: MapContext): Mapped {
  const mapping = new Mapping('ticker/24hr')
  for (const [i, element] of listOf(mapping, json).entries()) {
    if (isDated(element)) continue
    mapping.read(wire.ticker24h, element, [i], (each) => {
      const is = mapping.instrument(context, market, { name: each.symbol, path: `[${i}].symbol`, raw: element })
      if (is === undefined || each.lastPrice === 0) return
      const { closeTime: at, lastPrice: last, volume: volume24h, quoteVolume: quoteVolume24h } = each
      const quotes = { ...unlessZero('bid', each.bidPrice), ...unlessZero('ask', each.askPrice) }
      const row = { ...seriesOf(is), at, knownAt: at, last, ...quotes, volume24h, quoteVolume24h }
      mapping.keep(ticker, row, element)
    })
  }
  return mapping.done()
}

const unlessZero = (name: 'bid' | 'ask', value: number | undefined): Readonly<Record<string, number>> =>
  value === undefined || value === 0 ? {} : { [name]: value }
