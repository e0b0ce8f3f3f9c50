import { randomUUID } from 'node:crypto'
import type { Batch } from '../records/batch.ts'
import { columnsOf, type RecordSpec } from '../records/record.ts'
import { columnsSql } from './ddl.ts'
import { identifier } from './engine.ts'
import { encodeBatch } from './native/encodeBatch.ts'
import type { Store } from './open.ts'
import { filledSql, versionSql } from './version.ts'

/**
 * Stores live rows as they come; they are durable when it resolves. They are not compared with what is stored: what a venue
 * sends is taken at its word once it has passed its schema, and what is asked again for repair has the same keys.
 * @param number - of this run among imports
 */
export async function append(store: Store, batch: Batch, number: number): Promise<void> {
  if (batch.length === 0) return
  const stage = await store.engine.stage(columnsSql(batch.record))
  try {
    await stage.write(encodeBatch(batch))
    // A token of its own: the same rows written twice are two writes of one key, which is no harm.
    await store.engine.insert(appendSql(batch.record, await stage.source(), number), randomUUID())
  } finally {
    await stage.drop()
  }
}

function appendSql(record: RecordSpec, source: string, number: number): string {
  const names = columnsOf(record)
    .map(({ name }) => identifier(name))
    .join(', ')
  return `insert into ${identifier(record.name)} (${names}, importNumber, version)
   select ${names}, ${number}, ${liveVersionSql(record, number)} from ${source} as f`
}

/** Of a stretch that grows the longest stands; of all else the fullest, then the latest run. */
const liveVersionSql = (record: RecordSpec, number: number): string =>
  record.name === 'coverage' ? 'toUInt64(f.until)' : versionSql('0', filledSql(record, 'f'), number)
