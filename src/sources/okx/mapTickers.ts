import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import { ticker } from '../../records/ticker.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { rowsOf, seriesOf } from './rows.ts'
import * as wire from './wire.ts'

/** What is shown of every instrument of a market at once. One that never traded has no price and is left out. */
export function mapTickers(json: unknown, market: Instrument['market'], context: MapContext): Mapped {
  const mapping = new Mapping(`${market} tickers`)
  for (const { value, raw, index } of rowsOf(mapping, wire.ticker, json)) {
    const { instId, last, bidPx, askPx, ts: at } = value
    const path = `data[${index}].instId`
    const is = mapping.instrument(context, market, { name: instId, path, raw })
    if (is === undefined || last === undefined) continue
    const quotes = { ...unlessZero('bid', bidPx), ...unlessZero('ask', askPx) }
    const row = { ...seriesOf(is), at, knownAt: at, last, ...quotes, ...tradedOf(value, is) }
    mapping.keep(ticker, row, raw)
  }
  return mapping.done()
}

/** A side of the book without orders is empty text or 0; neither is a price. */
const unlessZero = (name: string, value: number | undefined): Readonly<Record<string, number>> =>
  value !== undefined && value !== 0 ? { [name]: value } : {}

interface Traded {
  readonly vol24h: number | undefined
  readonly volCcy24h: number | undefined
  readonly ts: number
}

/** Units and turnover of 24 hours. The turnover of a linear swap is not given, and an estimate is not a record. */
function tradedOf({ vol24h, volCcy24h, ts }: Traded, is: Instrument): Readonly<Record<string, number>> {
  const { rule } = convention({ venue: 'okx', field: 'candle', contract: is.contract, at: instant(ts), rule: 'candle' })
  if (vol24h === undefined || volCcy24h === undefined) return {}
  if (rule.volumeIn !== 'contracts') return { volume24h: vol24h, quoteVolume24h: volCcy24h }
  // Whatever its price, an inverse contract is worth its size in the quote.
  const { contract, contractSize } = is
  const turnover = contract === 'inverse' && contractSize !== undefined ? { quoteVolume24h: vol24h * contractSize } : {}
  return { volume24h: volCcy24h, ...turnover }
}
