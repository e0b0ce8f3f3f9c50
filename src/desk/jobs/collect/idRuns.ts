import type { Hole, Numbered } from './idChain.ts'

/** Records whose numbers follow each other without a hole. */
export interface Run {
  readonly first: Numbered
  readonly last: Numbered
}

/**
 * Runs of numbers, joined where they overlap or follow each other.
 * @param runs - in any order
 * @returns by rising number, with numbers missing between each and the next
 * @example joinRuns(runsOf([{ id: 7, at: 0 }, { id: 9, at: 5 }, { id: 8, at: 5 }])) // one run, from 7 to 9
 */
export function joinRuns(runs: readonly Run[]): readonly Run[] {
  const found: Run[] = []
  for (const run of runs.toSorted((a, b) => a.first.id - b.first.id)) {
    const before = found.at(-1)
    if (before === undefined || run.first.id > before.last.id + 1) found.push(run)
    else if (run.last.id > before.last.id) found[found.length - 1] = { first: before.first, last: run.last }
  }
  return found
}

/** Records as joined runs; those without a number are left out. */
export const runsOf = (records: readonly Numbered[]): readonly Run[] =>
  joinRuns(records.filter(({ id }) => Number.isSafeInteger(id)).map((each) => ({ first: each, last: each })))

/** What is missing between joined runs. */
export const holesBetween = (runs: readonly Run[]): readonly Hole[] =>
  runs.slice(1).map((run, i) => ({ before: (runs[i] as Run).last, behind: run.first }))
