import type { InstantMs } from '../../../core/instant.ts'
import type { Rows } from './provenRows.ts'

/** Two values no further apart than this part of the larger say the same: what is reckoned anew differs in its last digits. */
const SAME = 1e-6

export interface Compared {
  /** Of times that nothing is held of. */
  readonly fresh: Rows
  /** Of times that something else is held of; they are known from `now` on, so that earlier views keep what they had. */
  readonly revised: Rows
  /** How many say what is held. */
  readonly unchanged: number
}

/**
 * What published rows say that is not held yet. A publisher's history has no word for a revision: a number that differs from the one
 * that was fetched before is one, and it was first known when it was asked for.
 * @param rows - rows of one record
 * @param held - the latest version of what is held of the same series
 * @param by - `series`: fields that name a series; `numbers`: those that are compared, undefined where they are not given
 * @param now - when it was asked
 * @example againstHeld([{ asset: 'X', at: 0, knownAt: 1, coins: 5 }], [{ asset: 'X', at: 0, knownAt: 1, coins: 4 }], by, now).revised
 *   // [{ asset: 'X', at: 0, knownAt: now, coins: 5 }]
 */
export function againstHeld(
  rows: Rows,
  held: Rows,
  by: { readonly series: readonly string[]; readonly numbers: readonly string[] },
  now: InstantMs,
): Compared {
  const keyOf = (row: Rows[number]): string => JSON.stringify([...by.series, 'at'].map((field) => row[field]))
  const known = new Map(held.map((row) => [keyOf(row), row] as const))
  const fresh: Rows[number][] = []
  const revised: Rows[number][] = []
  for (const row of rows) {
    const before = known.get(keyOf(row))
    if (before === undefined) fresh.push(row)
    else if (!by.numbers.every((field) => isSame(row[field], before[field]))) revised.push({ ...row, knownAt: now })
  }
  return { fresh, revised, unchanged: rows.length - fresh.length - revised.length }
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b
  return Math.abs(a - b) <= SAME * Math.max(Math.abs(a), Math.abs(b))
}
