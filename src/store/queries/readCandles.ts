import type { InstantMs } from '../../core/instant.ts'
import type { CANDLE_FIELDS } from '../../core/candles.ts'
import type { Store } from '../open.ts'
import { latestSql, ONE_SERIES, rangeParams, rangeSql } from './asOf.ts'

/** Which candles, as they were known at `asOf`. */
export interface CandleQuery {
  readonly venue: string
  readonly market: string
  readonly instrument: string
  readonly interval: string
  /** Opens at or after this. */
  readonly from?: InstantMs
  /** Opens before this. */
  readonly to?: InstantMs
  readonly asOf: InstantMs
}

/** Candles as rows in order of `at` (ms), one per bar; a bar that is not stored is not there, an optional field not given is NaN. */
export type CandleRows = { readonly [name in 'at' | (typeof CANDLE_FIELDS)[number]]: Float64Array }

/** The candles of one series, each in its latest version known at `asOf`. */
export async function readCandles(store: Store, query: CandleQuery): Promise<CandleRows> {
  const { venue, market, instrument, interval } = query
  const sql = `select at, open, high, low, close, volume, quoteVolume, trades, takerBuyVolume, takerBuyQuoteVolume from candle
    where venue = {venue:String} and market = {market:String} and instrument = {instrument:String} and interval = {interval:String}
    and ${rangeSql(query)} ${latestSql('at')}`
  const params = { venue, market, instrument, interval, ...rangeParams(query) }
  return (await store.engine.select(sql, SHAPE, { params, settings: ONE_SERIES })).columns
}

const SHAPE = {
  at: 'number',
  open: 'number',
  high: 'number',
  low: 'number',
  close: 'number',
  volume: 'number',
  quoteVolume: 'number',
  trades: 'number',
  takerBuyVolume: 'number',
  takerBuyQuoteVolume: 'number',
} as const
