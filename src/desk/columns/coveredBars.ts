import { readCoverage } from '../../store/queries/readCoverage.ts'
import type { Desk } from '../desk.ts'
import { CoverageBook, type Lane } from '../jobs/collect/coverageBook.ts'
import type { Stretch } from '../jobs/collect/stretches.ts'

/**
 * Which stretches of time the store holds all of, by lane; undefined where nothing was ever written down, as of an
 * imported file.
 */
export type CoveredLane = (lane: Lane) => readonly Stretch[] | undefined

/** Reads what is covered, once for all lanes. */
export async function readCovered(desk: Desk): Promise<CoveredLane> {
  const book = new CoverageBook(await readCoverage(desk.store))
  return (lane) => {
    const covered = book.covered(lane)
    return covered.length === 0 ? undefined : covered
  }
}

/**
 * The bars of which at least a share is covered.
 * @param stretches - in order of time, apart from each other
 * @param share - of a bar, above 0
 * @returns their opens in ms, in order
 * @example barsCovered([{ from: 30, to: 250 }], { stepMs: 100, share: 1 }) // [100]
 */
export function barsCovered(
  stretches: readonly Stretch[],
  { stepMs, share }: { readonly stepMs: number; readonly share: number },
): readonly number[] {
  const covered = new Map<number, number>()
  for (const { from, to } of stretches) {
    for (let open = Math.floor(from / stepMs) * stepMs; open < to; open += stepMs) {
      const part = Math.min(to, open + stepMs) - Math.max(from, open)
      covered.set(open, (covered.get(open) ?? 0) + part)
    }
  }
  return [...covered].filter(([, part]) => part >= share * stepMs).map(([open]) => open)
}
