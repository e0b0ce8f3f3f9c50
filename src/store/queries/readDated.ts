import type { RecordSpec } from '../../records/record.ts'
import { identifier } from '../engine.ts'
import type { Store } from '../open.ts'
import { latestSql, rangeParams, rangeSql, type AsOfRange } from './asOf.ts'
import { rowsOf, selectOf, type RecordRow } from './recordRows.ts'

/**
 * All rows of a dated record in a stretch of time, each in its latest version known at `asOf`.
 * @param record - one of which few rows are held
 * @returns rows in order of series and time
 */
export async function readDated(store: Store, record: RecordSpec, range: AsOfRange): Promise<readonly RecordRow[]> {
  const { columns, shape } = selectOf(record)
  const key = [...record.series, 'at', ...(record.tie === undefined ? [] : [record.tie])].map(identifier).join(', ')
  const sql = `select ${columns} from ${identifier(record.name)} where ${rangeSql(range)} ${latestSql(key)}`
  return rowsOf(await store.engine.select(sql, shape, { params: rangeParams(range) }))
}
