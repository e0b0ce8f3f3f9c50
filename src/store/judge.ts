import type { RecordSpec } from '../records/record.ts'
import { ConflictError, readConflicts, RepeatedRowError } from './conflict.ts'
import type { Engine } from './engine.ts'
import {
  conflictsSql,
  cutsSql,
  fullestSql,
  keysSql,
  metSql,
  repeatsSql,
  slicedSql,
  tallyAllSql,
  tallySql,
  type Incoming,
  type Verdict,
} from './ingestSql.ts'
import { readImports } from './ledger.ts'

/** Rows judged and stored at a time; it bounds the engine's memory. */
const SLICE_ROWS = 1_000_000

/** A large import on a slow machine is no runaway query. */
const PATIENT = { maxSeconds: 600 } as const

/** Rows on a stage: the SQL expression over them, how many, from when to when in ms, and the hash of their bytes. */
export interface Staged {
  readonly source: string
  readonly rows: number
  readonly from: number
  readonly to: number
  readonly sha256: string
}

/** A slice of the incoming rows, with how many of them are what. */
export interface Judged {
  readonly incoming: Incoming
  readonly counts: Readonly<Record<Verdict, number>>
  /** Says which rows these are: verdicts with a hash of their keys. */
  readonly hash: string
  /** True where no stored row is near, so that there is nothing to compare with. */
  readonly alone: boolean
}

interface Rules {
  readonly record: RecordSpec
  readonly label: string
  readonly onDifference?: 'refuse' | 'replace'
  readonly sliceRows?: number
}

/**
 * Holds staged rows against themselves and against what is stored; stores nothing.
 * @throws {RepeatedRowError} the rows give one key twice with different values
 * @throws {ConflictError} a stored row with the same key says otherwise, unless differences replace
 */
export async function judge(engine: Engine, rules: Rules, staged: Staged): Promise<readonly Judged[]> {
  const judged: Judged[] = []
  for (const incoming of await slicesOf(engine, rules, staged)) {
    judged.push(await judgeSlice(engine, await folded(engine, incoming, rules.label)))
  }
  if (rules.onDifference !== 'replace') await refuseDiffering(engine, rules.label, judged)
  return judged
}

async function slicesOf(
  engine: Engine,
  rules: Rules,
  { source, rows, from, to }: Staged,
): Promise<readonly Incoming[]> {
  const { record, sliceRows = SLICE_ROWS } = rules
  const count = Math.ceil(rows / sliceRows)
  if (count === 1) return [{ record, source, slice: { from, to } }]
  const { columns } = await engine.select(cutsSql(source, count), { at: 'number' }, PATIENT)
  const starts = [from, ...new Set(Array.from(columns.at, Math.ceil))].filter((at, i) => i === 0 || at > from)
  return starts.map((start, i) => {
    const slice = { from: start, to: (starts[i + 1] ?? to + 1) - 1 }
    return { record, source: slicedSql(source, slice), slice }
  })
}

/** The rows with one per key. */
async function folded(engine: Engine, incoming: Incoming, label: string): Promise<Incoming> {
  const { columns } = await engine.select(keysSql(incoming), { rows: 'number', keys: 'number' }, PATIENT)
  if (columns.rows[0] === columns.keys[0]) return incoming
  const { count, first } = await readConflicts(engine, incoming.record, repeatsSql(incoming))
  if (count > 0) throw new RepeatedRowError(label, count, first)
  return { ...incoming, source: fullestSql(incoming) }
}

async function judgeSlice(engine: Engine, incoming: Incoming): Promise<Judged> {
  const met = await engine.select(metSql(incoming), { rows: 'number' }, PATIENT)
  const alone = met.columns.rows[0] === 0
  const sql = alone ? tallyAllSql(incoming) : tallySql(incoming)
  const { length, columns } = await engine.select(sql, { verdict: 'text', rows: 'number', hash: 'text' }, PATIENT)
  const tally = Array.from({ length }, (_, i) => [columns.verdict[i], columns.rows[i]] as const)
  const counts = { added: 0, fuller: 0, differing: 0, unchanged: 0, ...Object.fromEntries(tally) }
  const hashes = columns.verdict.map((verdict, i) => `${verdict}=${columns.hash[i]}`)
  return { incoming, counts, hash: hashes.toSorted().join(' '), alone }
}

async function refuseDiffering(engine: Engine, label: string, judged: readonly Judged[]): Promise<void> {
  const count = judged.reduce((sum, { counts }) => sum + counts.differing, 0)
  const slice = judged.find(({ counts }) => counts.differing > 0)
  if (slice === undefined) return
  const { first } = await readConflicts(engine, slice.incoming.record, conflictsSql(slice.incoming))
  const labels = (await readImports(engine)).map((entry) => [entry.number, entry.label] as const)
  throw new ConflictError(label, count, first, new Map(labels))
}
