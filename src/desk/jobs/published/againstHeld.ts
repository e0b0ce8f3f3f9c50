import type { InstantMs } from '../../../core/instant.ts'
import type { Rows } from './provenRows.ts'

/** Two values no further apart than this part of the larger say the same: what is reckoned anew differs in its last digits. */
const SAME = 1e-6

export interface Compared {
  /** Of times that nothing is held of. */
  readonly fresh: Rows
  /**
   * Of times that something else is held of, or, where that is asked, that lay empty among those that are held; they are known from
   * `now` on, so that earlier views keep what they had.
   */
  readonly revised: Rows
  /** How many say what is held. */
  readonly unchanged: number
}

/** How rows are compared. */
export interface Comparison {
  /** Fields that name a series. */
  readonly series: readonly string[]
  /** Fields that are compared, undefined where they are not given. */
  readonly numbers: readonly string[]
  /** The part of the larger by which two numbers may differ and say the same; a millionth unless said. */
  readonly within?: number
  /** What a row is that fills a hole among those that are held: `fresh` unless said. */
  readonly hole?: 'fresh' | 'revised'
}

/**
 * What published rows say that is not held yet. A publisher's history has no word for a revision: a number that differs from the one
 * that was fetched before is one, and it was first known when it was asked for.
 * @param rows - rows of one record
 * @param held - the latest version of what is held of the same series
 * @param now - when it was asked
 * @example againstHeld([{ asset: 'X', at: 0, knownAt: 1, coins: 5 }], [{ asset: 'X', at: 0, knownAt: 1, coins: 4 }], by, now).revised
 *   // [{ asset: 'X', at: 0, knownAt: now, coins: 5 }]
 */
export function againstHeld(rows: Rows, held: Rows, by: Comparison, now: InstantMs): Compared {
  const { series, numbers, within = SAME, hole = 'fresh' } = by
  const keyOf = (row: Rows[number]): string => JSON.stringify([...series, 'at'].map((field) => row[field]))
  const known = new Map(held.map((row) => [keyOf(row), row] as const))
  const spans = hole === 'revised' ? spansOf(held, series) : undefined
  const fresh: Rows[number][] = []
  const revised: Rows[number][] = []
  for (const row of rows) {
    const before = known.get(keyOf(row))
    const isHole = before === undefined && isWithin(spans?.get(nameOf(row, series)), Number(row['at']))
    if (before === undefined && !isHole) fresh.push(row)
    else if (isHole || !numbers.every((field) => isSame(row[field], before?.[field], within)))
      revised.push({ ...row, knownAt: now })
  }
  return { fresh, revised, unchanged: rows.length - fresh.length - revised.length }
}

const nameOf = (row: Rows[number], series: readonly string[]): string =>
  JSON.stringify(series.map((field) => row[field]))

interface Span {
  readonly from: number
  readonly to: number
}

/** From when to when anything is held of each series. */
function spansOf(held: Rows, series: readonly string[]): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>()
  for (const row of held) {
    const [name, at] = [nameOf(row, series), Number(row['at'])]
    const { from, to } = spans.get(name) ?? { from: at, to: at }
    spans.set(name, { from: Math.min(from, at), to: Math.max(to, at) })
  }
  return spans
}

const isWithin = (span: Span | undefined, at: number): boolean => span !== undefined && at > span.from && at < span.to

function isSame(a: unknown, b: unknown, within: number): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b
  return Math.abs(a - b) <= within * Math.max(Math.abs(a), Math.abs(b))
}
