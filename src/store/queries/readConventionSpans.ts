import type { RecordSpec } from '../../records/record.ts'
import { identifier } from '../engine.ts'
import type { Store } from '../open.ts'

/** From when to when rows of an instrument stand as one entry of the ledger reads them. */
export interface ConventionSpan {
  readonly venue: string
  readonly market: string
  readonly instrument: string
  /** `live`, or the grid of a history; empty for records without one. */
  readonly interval: string
  /** The entry's id. */
  readonly convention: string
  /** Times of the first and the last of them, ms. */
  readonly first: number
  readonly last: number
  readonly rows: number
}

/** So long may be counted. */
const MAX_SECONDS = 3

/**
 * Which entries of the ledger the rows of a record were read by.
 * @throws {StoreStoppedError} there are too many rows to count them at once
 */
export async function readConventionSpans(store: Store, record: RecordSpec): Promise<readonly ConventionSpan[]> {
  const interval = record.series.includes('interval') ? 'interval' : "''"
  const keys = `venue, market, instrument, ${interval} as interval, convention`
  const sql = `select ${keys}, min(at) as first, max(at) as last, count() as rows from ${identifier(record.name)} final
    group by venue, market, instrument, interval, convention order by venue, market, instrument, interval, convention`
  const { length, columns } = await store.engine.select(sql, SHAPE, { maxSeconds: MAX_SECONDS })
  const { venue, market, instrument, interval: grid, convention, first, last, rows } = columns
  return Array.from({ length }, (_, i) => ({
    venue: venue[i] ?? '',
    market: market[i] ?? '',
    instrument: instrument[i] ?? '',
    interval: grid[i] ?? '',
    convention: convention[i] ?? '',
    first: first[i] ?? 0,
    last: last[i] ?? 0,
    rows: rows[i] ?? 0,
  }))
}

const SHAPE = {
  venue: 'text',
  market: 'text',
  instrument: 'text',
  interval: 'text',
  convention: 'text',
  first: 'number',
  last: 'number',
  rows: 'number',
} as const
