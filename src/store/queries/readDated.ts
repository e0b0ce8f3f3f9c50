import { columnsOf, type RecordSpec } from '../../records/record.ts'
import { identifier, type Shape } from '../engine.ts'
import type { Store } from '../open.ts'
import { latestSql, rangeParams, rangeSql, type AsOfRange } from './asOf.ts'
import type { BucketRow } from './readLastPerBucket.ts'

/**
 * All rows of a dated record in a stretch of time, each in its latest version known at `asOf`.
 * @param record - one of which few rows are held
 * @returns rows in order of series and time
 */
export async function readDated(store: Store, record: RecordSpec, range: AsOfRange): Promise<readonly BucketRow[]> {
  const columns = columnsOf(record)
  const key = [...record.series, 'at', ...(record.tie === undefined ? [] : [record.tie])].map(identifier).join(', ')
  const sql = `select ${columns.map(({ name }) => identifier(name)).join(', ')} from ${identifier(record.name)}
    where ${rangeSql(range)} ${latestSql(key)}`
  const shape: Shape = Object.fromEntries(
    columns.map(({ name, kind }) => [name, kind === 'symbol' || kind === 'text' ? 'text' : 'number'] as const),
  )
  const selected = await store.engine.select(sql, shape, { params: rangeParams(range) })
  const entries = Object.entries(selected.columns)
  return Array.from({ length: selected.length }, (_, i) =>
    Object.fromEntries(entries.map(([name, column]) => [name, column[i] as number | string] as const)),
  )
}
