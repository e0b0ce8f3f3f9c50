import type { RecordSpec } from '../../records/record.ts'
import { identifier } from '../engine.ts'
import type { Store } from '../open.ts'

/** How many rows of a record kind stand; a revised row counts once per version. */
export async function countRows(store: Store, record: RecordSpec): Promise<number> {
  const sql = `select count() as rows from ${identifier(record.name)} final`
  const { columns } = await store.engine.select(sql, { rows: 'number' })
  return columns.rows[0] ?? 0
}
