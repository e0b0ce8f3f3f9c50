import { randomUUID } from 'node:crypto'
import type { Batch } from '../records/batch.ts'
import { columnsOf, type RecordSpec } from '../records/record.ts'
import { columnsSql } from './ddl.ts'
import { identifier, type Engine } from './engine.ts'
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
  await appendBlock(store.engine, blockOf(batch), number)
}

/** Rows of one record kind in ClickHouse's Native format, one block or several, in pieces to be written one after another. */
export interface Block {
  readonly record: RecordSpec
  readonly pieces: readonly Uint8Array[]
}

/** The rows of a batch, which must not change until they are written. */
export const blockOf = (batch: Batch): Block => ({ record: batch.record, pieces: encodeBatch(batch) })

/** The same for rows that are encoded already. */
export async function appendBlock(engine: Engine, { record, pieces }: Block, number: number): Promise<void> {
  const stage = await engine.stage(columnsSql(record))
  try {
    await stage.write(pieces)
    // A token of its own: the same rows written twice are two writes of one key, which is no harm.
    await engine.insert(appendSql(record, await stage.source(), number), randomUUID())
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

/** Of a stretch that grows the longest stands, of those the one that says why it ended; of all else the fullest, then the latest run. */
const liveVersionSql = (record: RecordSpec, number: number): string =>
  record.name === 'coverage'
    ? "toUInt64(f.until) * 2 + (f.ended != '')"
    : versionSql('0', filledSql(record, 'f'), number)
