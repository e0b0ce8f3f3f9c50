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

interface Rows {
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

export interface IngestRequest extends Rows {
  readonly record: RecordSpec
}

/** Rows of several kinds in one stream, which are stored together or not at all. */
export interface IngestKindsRequest extends Rows {
  readonly records: readonly RecordSpec[]
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

/** What an import brought of one kind of record. */
export interface IngestedKind extends Ingested {
  readonly record: string
  /** The number that its rows bear; undefined where nothing was new. */
  readonly importNumber: number | undefined
}

/**
 * Stores rows, all or none but for a kill in between, which importing again heals. Importing twice stores nothing more.
 * @throws {RepeatedRowError} the rows give one key twice with different values
 * @throws {ConflictError} a stored row with the same key says otherwise, unless differences replace
 * @throws {StoreFullError} the disk is full
 * @throws whatever `batches` throws
 */
export async function ingest(store: Store, { record, ...rows }: IngestRequest): Promise<Ingested> {
  const [kind = NOTHING] = await ingestKinds(store, { ...rows, records: [record] })
  const { added, fuller, replaced, unchanged } = kind
  return { rows: kind.rows, added, fuller, replaced, unchanged }
}

/**
 * The same for rows of several kinds.
 * @returns one entry for each kind, in the order asked
 */
export async function ingestKinds(store: Store, request: IngestKindsRequest): Promise<readonly IngestedKind[]> {
  const undated = request.records.find((record) => !isDated(record))
  if (undated !== undefined) throw new UndatedRecordError(undated)
  const stages = new Map<RecordSpec, Filling>()
  try {
    for (const record of request.records) {
      stages.set(record, new Filling(await store.engine.stage(columnsSql(record))))
    }
    await fill(stages, request)
    const kinds: Kind[] = []
    for (const [record, stage] of stages) kinds.push({ request: { ...request, record }, staged: await stage.staged() })
    return await store.alone(() => settle(store.engine, kinds))
  } finally {
    for (const { stage } of stages.values()) await stage.drop()
  }
}

const NOTHING: Ingested = { rows: 0, added: 0, fuller: 0, replaced: 0, unchanged: 0 }

/** Rows of one kind on their way. */
class Filling {
  readonly stage: Stage
  readonly #hash = createHash('sha256')
  #rows = 0
  #from = Infinity
  #to = -Infinity

  constructor(stage: Stage) {
    this.stage = stage
  }

  async take(batch: Batch): Promise<void> {
    const block = encodeBatch(batch)
    for (const bytes of block) this.#hash.update(bytes)
    await this.stage.write(block)
    for (const at of batch.columns['at'] as Float64Array) {
      if (at < this.#from) this.#from = at
      if (at > this.#to) this.#to = at
    }
    this.#rows += batch.length
  }

  /** What was taken; nothing can be taken after it. */
  async staged(): Promise<Staged> {
    const [rows, from, to] = [this.#rows, this.#from, this.#to]
    return { rows, from, to, sha256: this.#hash.digest('hex'), source: await this.stage.source() }
  }
}

async function fill(stages: ReadonlyMap<RecordSpec, Filling>, { batches, progress }: Rows): Promise<void> {
  let rows = 0
  for await (const batch of batches) {
    if (batch.length === 0) continue
    const stage = stages.get(batch.record)
    if (stage === undefined) throw new UnexpectedRecordError(batch.record)
    await stage.take(batch)
    rows += batch.length
    progress?.(rows)
  }
}

interface Kind {
  readonly request: IngestRequest
  readonly staged: Staged
}

/** All kinds are judged before the first is kept. */
async function settle(engine: Engine, kinds: readonly Kind[]): Promise<readonly IngestedKind[]> {
  const judged: (readonly Judged[])[] = []
  for (const { request, staged } of kinds) judged.push(staged.rows === 0 ? [] : await judge(engine, request, staged))
  const done: IngestedKind[] = []
  for (const [i, { request, staged }] of kinds.entries()) {
    done.push(await settleKind(engine, request, { staged, judged: judged[i] ?? [] }))
  }
  return done
}

async function settleKind(
  engine: Engine,
  request: IngestRequest,
  { staged, judged }: { readonly staged: Staged; readonly judged: readonly Judged[] },
): Promise<IngestedKind> {
  const sum = (verdict: Verdict): number => judged.reduce((total, { counts }) => total + counts[verdict], 0)
  const [rows, added, fuller, replaced] = [staged.rows, sum('added'), sum('fuller'), sum('differing')]
  const ingested = { rows, added, fuller, replaced, unchanged: rows - added - fuller - replaced }
  const isNew = ingested.unchanged < rows
  const importNumber = isNew ? await keep(engine, request, { sha256: staged.sha256, judged, ingested }) : undefined
  return { record: request.record.name, ...ingested, importNumber }
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
): Promise<number> {
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
  return number
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

/** A stream held rows of a kind that it was not said to hold. */
export class UnexpectedRecordError extends DeskError {
  constructor(record: RecordSpec) {
    super('UNEXPECTED_RECORD', `rows of "${record.name}" came where none were expected`)
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
