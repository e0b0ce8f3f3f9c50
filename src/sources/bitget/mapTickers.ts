import { comparableOpenInterest } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import { openInterest } from '../../records/openInterest.ts'
import { ticker } from '../../records/ticker.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { seriesOf } from './seriesOf.ts'
import * as wire from './wire.ts'

/** Open interest of every perpetual, out of what is shown of them; valued at the mark price where that is given. */
export function mapOpenInterest(list: readonly unknown[], context: MapContext): Mapped {
  const mapping = new Mapping('open interest')
  for (const [i, element] of list.entries()) {
    mapping.read(wire.perpTicker, element, ['data', i], (each) => {
      if (isDated(each)) return
      const is = mapping.instrument(context, 'perp', { name: each.symbol, path: `data[${i}].symbol`, raw: element })
      if (is === undefined) return
      const at = timeOf(each, context)
      const lookup = { field: 'open_interest', contract: is.contract, rule: 'open interest' } as const
      const { id, rule } = convention({ venue: 'bitget', at: instant(at), ...lookup })
      const { markPrice: price = 0, holdingAmount: published } = each
      const { coins, sides, quoteValue } = comparableOpenInterest(rule, published, { instrument: is, price })
      const priced = price > 0 ? { quoteValue, price: price / is.multiplier } : {}
      const row = { interval: 'live', at, knownAt: at, published, countedIn: rule.countedIn, sides, coins, ...priced }
      mapping.keep(openInterest, { ...seriesOf(is), ...row, convention: id }, element)
    })
  }
  return mapping.done()
}

/** What is shown of every perpetual. */
export function mapPerpTickers(list: readonly unknown[], context: MapContext): Mapped {
  const mapping = new Mapping('perp tickers')
  for (const [i, element] of list.entries()) {
    mapping.read(wire.perpTicker, element, ['data', i], (each) => {
      if (isDated(each)) return
      const is = mapping.instrument(context, 'perp', { name: each.symbol, path: `data[${i}].symbol`, raw: element })
      if (is === undefined || !isPriced(each.lastPr)) return
      const marks = { ...priceOnly('mark', each.markPrice), ...priceOnly('index', each.indexPrice) }
      mapping.keep(ticker, { ...seriesOf(is), ...shown(each, context), ...marks }, element)
    })
  }
  return mapping.done()
}

/** What is shown of every pair. */
export function mapSpotTickers(list: readonly unknown[], context: MapContext): Mapped {
  const mapping = new Mapping('spot tickers')
  for (const [i, element] of list.entries()) {
    mapping.read(wire.spotTicker, element, ['data', i], (each) => {
      const is = mapping.instrument(context, 'spot', { name: each.symbol, path: `data[${i}].symbol`, raw: element })
      if (is === undefined || !isPriced(each.lastPr)) return
      mapping.keep(ticker, { ...seriesOf(is), ...shown(each, context) }, element)
    })
  }
  return mapping.done()
}

interface Shown {
  readonly lastPr: number | undefined
  readonly bidPr: number | undefined
  readonly askPr: number | undefined
  readonly baseVolume: number
  readonly quoteVolume: number
  readonly ts: number
}

function shown(each: Shown, context: MapContext): Readonly<Record<string, unknown>> {
  const at = timeOf(each, context)
  const quotes = { ...priceOnly('bid', each.bidPr), ...priceOnly('ask', each.askPr) }
  return {
    at,
    knownAt: at,
    last: each.lastPr,
    ...quotes,
    volume24h: each.baseVolume,
    quoteVolume24h: each.quoteVolume,
  }
}

/** Contracts with a delivery stand among the perpetuals and are not collected. */
const isDated = ({ deliveryTime }: { readonly deliveryTime: string | null }): boolean =>
  deliveryTime !== null && deliveryTime !== ''

/** Nothing trades at 0: there it means "none". */
const isPriced = (price: number | undefined): boolean => price !== undefined && price !== 0

const priceOnly = (name: string, price: number | undefined): Readonly<Record<string, unknown>> =>
  isPriced(price) ? { [name]: price } : {}

/** The time of what is shown was seen to be 0; then it is the time of the answer. */
const timeOf = ({ ts }: { readonly ts: number }, { now }: MapContext): number => (ts > 0 ? ts : now)
