import type { Instrument } from '../../records/instrument.ts'
import type { OpenInterest } from '../../records/openInterest.ts'
import type { Store } from '../open.ts'
import { rangeParams, rangeSql, type AsOfRange } from './asOf.ts'

/** One series of open interest, and how much of a stretch of time it tells of. */
export interface InterestSeriesRow {
  readonly venue: string
  readonly instrument: string
  readonly interval: string
  /** Five-minute stretches in which it has a reading. */
  readonly buckets: number
}

/** The series of open interest of some perpetuals in a stretch of time as known at `asOf`. */
export async function listInterest(
  store: Store,
  instruments: readonly Pick<Instrument, 'venue' | 'instrument'>[],
  range: AsOfRange,
): Promise<readonly InterestSeriesRow[]> {
  const sql = `select venue, instrument, interval, uniqExact(intDiv(toUnixTimestamp64Milli(at), 300000)) as buckets from openInterest
    where market = 'perp' and venue in {venues:Array(String)} and instrument in {instruments:Array(String)} and ${rangeSql(range)}
    group by venue, instrument, interval order by venue, instrument, interval`
  const params = {
    ...rangeParams(range),
    venues: [...new Set(instruments.map(({ venue }) => venue))],
    instruments: [...new Set(instruments.map(({ instrument }) => instrument))],
  }
  const { columns, length } = await store.engine.select(sql, SERIES, { params })
  return Array.from({ length }, (_, i) => ({
    venue: columns.venue[i] as string,
    instrument: columns.instrument[i] as string,
    interval: columns.interval[i] as string,
    buckets: columns.buckets[i] as number,
  }))
}

export interface InterestQuery extends AsOfRange {
  readonly venue: string
  readonly instrument: string
  readonly interval: string
  /** Length of a bucket in ms, counted from 1970. */
  readonly stepMs: number
}

/** Readings of open interest as columns, oldest first; `quoteValue` is NaN where it is not known. */
export interface InterestRows {
  readonly at: Float64Array
  readonly coins: Float64Array
  readonly quoteValue: Float64Array
  readonly sides: readonly OpenInterest['sides'][]
  readonly convention: readonly string[]
}

/** The last reading of each bucket of one perpetual, in its latest version known at `asOf`. A reading at the end of a bucket is of it. */
export async function readInterest(store: Store, query: InterestQuery): Promise<InterestRows> {
  const { venue, instrument, interval, stepMs } = query
  const bucket = 'intDiv(toUnixTimestamp64Milli(at) - 1, {stepMs:Int64})'
  const sql = `select at, coins, quoteValue, sides, convention from openInterest
    where venue = {venue:String} and market = 'perp' and instrument = {instrument:String} and interval = {interval:String} and ${rangeSql(query)}
    order by ${bucket}, at desc, knownAt desc, version desc limit 1 by ${bucket}`
  const params = { venue, instrument, interval, stepMs, ...rangeParams(query) }
  const { columns } = await store.engine.select(sql, INTEREST, { params })
  return { ...columns, sides: columns.sides as readonly OpenInterest['sides'][] }
}

const SERIES = { venue: 'text', instrument: 'text', interval: 'text', buckets: 'number' } as const
const INTEREST = { at: 'number', coins: 'number', quoteValue: 'number', sides: 'text', convention: 'text' } as const
