import { createHash } from 'node:crypto'
import { DeskError } from '../core/errors.ts'
import type { Batch } from '../records/batch.ts'
import type { RecordSpec } from '../records/record.ts'
import { columnsSql, isDated } from './ddl.ts'
import type { Engine, Stage } from './engine.ts'
import { broughtSql, insertAllSql, insertSql, type Verdict } from './ingestSql.ts'
import { judge, type Judged, type Staged } from './judge.ts'
import { nextImportNumber, writeImport } from './ledger.ts'
import { encodeBatch } from './native/encodeBatch.ts'
import type { Store } from './open.ts'

export interface IngestRequest {
  readonly record: RecordSpec
  /** May fail at any time: nothing is stored before its end. */
  readonly batches: AsyncIterable<Batch>
  /** What messages call these rows: the file's name as the user wrote it. */
  readonly label: string
  /** What happens where a stored row says otherwise: the whole import fails, or the new row wins. `refuse` unless said. */
  readonly onDifference?: 'refuse' | 'replace'
  /** Rows judged and stored at a time; a million unless said. */
  readonly sliceRows?: number
  /** Told the number of rows read so far. */
  readonly progress?: (rows: number) => void
}

/** What an import brought. `rows` is all that was read; the others add up to it. */
export interface Ingested {
  readonly rows: number
  /** Rows of a new key: a new bar, or a bar that was revised later. */
  readonly added: number
  /** Rows that fill more optional fields than the stored one, which they supersede. */
  readonly fuller: number
  /** Rows that differ from the stored one, which they supersede; only with `onDifference: 'replace'`. */
  readonly replaced: number
  /** Rows that say nothing new. */
  readonly unchanged: number
}

/**
 * Stores rows, all or none but for a kill in between, which importing again heals. Importing twice stores nothing more.
 * @throws {RepeatedRowError} the rows give one key twice with different values
 * @throws {ConflictError} a stored row with the same key says otherwise, unless differences replace
 * @throws {StoreFullError} the disk is full
 * @throws whatever `batches` throws
 */
export async function ingest(store: Store, request: IngestRequest): Promise<Ingested> {
  if (!isDated(request.record)) throw new UndatedRecordError(request.record)
  const stage = await store.engine.stage(columnsSql(request.record))
  try {
    const filled = await fill(stage, request)
    if (filled.rows === 0) return { rows: 0, added: 0, fuller: 0, replaced: 0, unchanged: 0 }
    const staged = { ...filled, source: await stage.source() }
    return await store.alone(() => settle(store.engine, request, staged))
  } finally {
    await stage.drop()
  }
}

async function fill(stage: Stage, { batches, progress }: IngestRequest): Promise<Omit<Staged, 'source'>> {
  const hash = createHash('sha256')
  let [rows, from, to] = [0, Infinity, -Infinity]
  for await (const batch of batches) {
    if (batch.length === 0) continue
    const block = encodeBatch(batch)
    for (const bytes of block) hash.update(bytes)
    await stage.write(block)
    for (const at of batch.columns['at'] as Float64Array) {
      if (at < from) from = at
      if (at > to) to = at
    }
    rows += batch.length
    progress?.(rows)
  }
  return { rows, from, to, sha256: hash.digest('hex') }
}

async function settle(engine: Engine, request: IngestRequest, staged: Staged): Promise<Ingested> {
  const judged = await judge(engine, request, staged)
  const sum = (verdict: Verdict): number => judged.reduce((total, { counts }) => total + counts[verdict], 0)
  const [rows, added, fuller, replaced] = [staged.rows, sum('added'), sum('fuller'), sum('differing')]
  const ingested = { rows, added, fuller, replaced, unchanged: rows - added - fuller - replaced }
  if (ingested.unchanged < rows) await keep(engine, request, { sha256: staged.sha256, judged, ingested })
  return ingested
}

interface Keeping {
  readonly sha256: string
  readonly judged: readonly Judged[]
  readonly ingested: Ingested
}

async function keep(
  engine: Engine,
  { record, label }: IngestRequest,
  { sha256, judged, ingested }: Keeping,
): Promise<void> {
  const number = await nextImportNumber(engine)
  const { rows, added, fuller, replaced } = ingested
  const receivedAt = new Date().toISOString()
  const entry = { number, label, sha256, kind: record.name, rows, added, fuller, replaced, receivedAt }
  await writeImport(engine, { ...entry, finished: false })
  for (const each of judged) {
    if (each.counts.added + each.counts.fuller + each.counts.differing === 0) continue
    // The token names these very rows, so that it can only ever hold back their own repetition.
    const token = createHash('sha256').update(`${number} ${sha256} ${each.hash}`).digest('hex')
    await engine.insert(each.alone ? insertAllSql(each.incoming, number) : insertSql(each.incoming, number), token)
  }
  await verifyKept(engine, record, { number, label, expected: added + fuller + replaced })
  await writeImport(engine, { ...entry, finished: true })
}

interface Expected {
  readonly number: number
  readonly label: string
  readonly expected: number
}

async function verifyKept(engine: Engine, record: RecordSpec, { number, label, expected }: Expected): Promise<void> {
  const { columns } = await engine.select(broughtSql(record, number), { rows: 'number' })
  const kept = columns.rows[0] ?? 0
  if (kept !== expected) throw new LostRowsError(label, kept, expected)
}

/** Only dated records come by import; what an instrument is comes by `putInstruments`. */
export class UndatedRecordError extends DeskError {
  constructor(record: RecordSpec) {
    super('UNDATED_RECORD', `"${record.name}" has no time at which it is known, so it cannot be imported as history`)
  }
}

/** The engine took the rows and does not have them all. */
export class LostRowsError extends DeskError {
  constructor(label: string, kept: number, expected: number) {
    super('STORE_LOST_ROWS', `the store kept ${kept} of ${expected} rows of "${label}"`, {
      hint: 'import it again; if this repeats, the store is damaged',
    })
  }
}
