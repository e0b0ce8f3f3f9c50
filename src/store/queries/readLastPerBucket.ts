import type { RecordSpec } from '../../records/record.ts'
import { identifier } from '../engine.ts'
import type { Store } from '../open.ts'
import { rangeParams, rangeSql, type AsOfRange } from './asOf.ts'
import { rowsOf, selectOf, type RecordRow } from './recordRows.ts'

/** Which rows of a record: of a stretch of time, with so many values of one field. */
export interface BucketQuery extends AsOfRange {
  /** Length of a bucket in ms, counted from 1970. */
  readonly stepMs: number
  /** Values of fields, each field with those that are wanted. */
  readonly where: Readonly<Record<string, readonly string[]>>
}

/**
 * The last row of every series in every bucket, as known at `asOf`: the row with the latest `at` in it, in its latest version.
 * @param record - a dated record
 * @returns rows in order of series and time
 */
export async function readLastPerBucket(
  store: Store,
  record: RecordSpec,
  { stepMs, where, ...range }: BucketQuery,
): Promise<readonly RecordRow[]> {
  const { columns, shape } = selectOf(record)
  const series = record.series.map(identifier).join(', ')
  const conditions = Object.keys(where).map((field, i) => `${identifier(field)} in {w${i}:Array(String)}`)
  const bucket = 'intDiv(toUnixTimestamp64Milli(at), {stepMs:Int64})'
  const sql = `select ${columns} from ${identifier(record.name)}
    where ${[...conditions, rangeSql(range)].join(' and ')}
    order by ${series}, ${bucket}, at desc, knownAt desc, version desc limit 1 by ${series}, ${bucket}`
  const params = {
    ...rangeParams(range),
    stepMs,
    ...Object.fromEntries(Object.values(where).map((values, i) => [`w${i}`, values])),
  }
  return rowsOf(await store.engine.select(sql, shape, { params }))
}
