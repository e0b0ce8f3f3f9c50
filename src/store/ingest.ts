import { createHash } from 'node:crypto'
import { DeskError } from '../core/errors.ts'
import type { Batch } from '../records/batch.ts'
import type { RecordSpec } from '../records/record.ts'
import { ConflictError, readConflicts, RepeatedRowError } from './conflict.ts'
import { columnsSql, isDated } from './ddl.ts'
import type { Engine, Stage } from './engine.ts'
import {
  broughtSql,
  conflictsSql,
  cutsSql,
  fullestSql,
  insertAllSql,
  insertSql,
  metSql,
  repeatsSql,
  surveySql,
  tallyAllSql,
  tallySql,
  type Incoming,
  type Slice,
  type Verdict,
} from './ingestSql.ts'
import { nextImportNumber, readImports, writeImport } from './ledger.ts'
import { encodeBatch } from './native/encodeBatch.ts'
import type { Store } from './open.ts'

/** Rows judged and stored at a time; it bounds the engine's memory. */
const SLICE_ROWS = 2_000_000

export interface IngestRequest {
  readonly record: RecordSpec
  /** May fail at any time: nothing is stored before its end. */
  readonly batches: AsyncIterable<Batch>
  /** What messages call these rows: the file's name as the user wrote it. */
  readonly label: string
  /** What happens where a stored row says otherwise: the whole import fails, or the new row wins. `refuse` unless said. */
  readonly onDifference?: 'refuse' | 'replace'
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
    const sha256 = await fill(stage, request)
    const source = await stage.source()
    return await store.alone(() => settle(store.engine, request, { source, sha256 }))
  } finally {
    await stage.drop()
  }
}

async function fill(stage: Stage, { batches, progress }: IngestRequest): Promise<string> {
  const hash = createHash('sha256')
  let rows = 0
  for await (const batch of batches) {
    if (batch.length === 0) continue
    const block = encodeBatch(batch)
    for (const bytes of block) hash.update(bytes)
    await stage.write(block)
    rows += batch.length
    progress?.(rows)
  }
  return hash.digest('hex')
}

interface Staged {
  readonly source: string
  readonly sha256: string
}

async function settle(engine: Engine, request: IngestRequest, staged: Staged): Promise<Ingested> {
  const survey = await surveyOf(engine, request, staged.source)
  if (survey.rows === 0) return { rows: 0, added: 0, fuller: 0, replaced: 0, unchanged: 0 }
  const judged: Judged[] = []
  for (const slice of await slicesOf(engine, survey)) {
    judged.push(await judge(engine, { record: request.record, source: survey.source, slice }, request))
  }
  const ingested = summed(survey.rows, judged)
  if (ingested.unchanged < ingested.rows) await keep(engine, request, { sha256: staged.sha256, judged, ingested })
  return ingested
}

function summed(rows: number, judged: readonly Judged[]): Ingested {
  const sum = (verdict: Verdict): number => judged.reduce((total, { counts }) => total + counts[verdict], 0)
  const [added, fuller, replaced] = [sum('added'), sum('fuller'), sum('differing')]
  return { rows, added, fuller, replaced, unchanged: rows - added - fuller - replaced }
}

interface Survey {
  readonly source: string
  readonly rows: number
  readonly from: number
  readonly to: number
}

/** Counts the rows and folds those that come more than once. */
async function surveyOf(engine: Engine, { record, label }: IngestRequest, source: string): Promise<Survey> {
  const shape = { rows: 'number', keys: 'number', from: 'number', to: 'number' } as const
  const { columns } = await engine.select(surveySql({ record, source }), shape)
  const [rows, from, to] = [columns.rows[0] ?? 0, columns.from[0] ?? 0, columns.to[0] ?? 0]
  if (rows === columns.keys[0]) return { source, rows, from, to }
  const { count, first } = await readConflicts(engine, record, repeatsSql({ record, source }))
  if (count > 0) throw new RepeatedRowError(label, count, first)
  return { source: fullestSql(record, source), rows, from, to }
}

async function slicesOf(engine: Engine, { source, rows, from, to }: Survey): Promise<readonly Slice[]> {
  const count = Math.ceil(rows / SLICE_ROWS)
  if (count === 1) return [{ from, to }]
  const { columns } = await engine.select(cutsSql(source, count), { at: 'number' })
  const starts = [from, ...new Set(Array.from(columns.at, Math.ceil))].filter((at, i) => i === 0 || at > from)
  return starts.map((start, i) => ({ from: start, to: (starts[i + 1] ?? to + 1) - 1 }))
}

/** A slice of the incoming rows, with how many of them are what. */
interface Judged {
  readonly incoming: Incoming
  readonly counts: Readonly<Record<Verdict, number>>
  /** Says which rows these are: verdicts with a hash of their keys. */
  readonly hash: string
  /** True where no stored row is near, so that there is nothing to compare with. */
  readonly alone: boolean
}

async function judge(engine: Engine, incoming: Incoming, { label, onDifference }: IngestRequest): Promise<Judged> {
  const met = await engine.select(metSql(incoming), { rows: 'number' })
  const alone = met.columns.rows[0] === 0
  const sql = alone ? tallyAllSql(incoming) : tallySql(incoming)
  const { length, columns } = await engine.select(sql, { verdict: 'text', rows: 'number', hash: 'text' })
  const tally = Array.from({ length }, (_, i) => [columns.verdict[i], columns.rows[i]] as const)
  const counts = { added: 0, fuller: 0, differing: 0, unchanged: 0, ...Object.fromEntries(tally) }
  if (counts.differing > 0 && onDifference !== 'replace') throw await conflictError(engine, incoming, label)
  const hash = columns.verdict
    .map((verdict, i) => `${verdict}=${columns.hash[i]}`)
    .toSorted()
    .join(' ')
  return { incoming, counts, hash, alone }
}

async function conflictError(engine: Engine, incoming: Incoming, label: string): Promise<ConflictError> {
  const { count, first } = await readConflicts(engine, incoming.record, conflictsSql(incoming))
  const labels = (await readImports(engine)).map((entry) => [entry.number, entry.label] as const)
  return new ConflictError(label, count, first, new Map(labels))
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
    if (each.counts.unchanged === total(each.counts)) continue
    // The token names these very rows, so that it can only ever hold back their own repetition.
    const token = createHash('sha256').update(`${number} ${sha256} ${each.hash}`).digest('hex')
    await engine.insert(each.alone ? insertAllSql(each.incoming, number) : insertSql(each.incoming, number), token)
  }
  await verifyKept(engine, record, { number, label, expected: added + fuller + replaced })
  await writeImport(engine, { ...entry, finished: true })
}

const total = (counts: Judged['counts']): number => Object.values(counts).reduce((sum, rows) => sum + rows, 0)

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
