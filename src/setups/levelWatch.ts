import type { Level } from '../metrics/structure/levelTracker.ts'
import { levelTest, type LevelTest } from './levelTest.ts'

/** A clustered level that is being watched: the level as it was last found, and how it has been tested. */
export interface LevelWatch {
  readonly level: Level
  readonly test: LevelTest
}

/**
 * Carries the tests of levels over to the levels of a new clustering. A level stays itself while its maximum moves by less than one
 * bandwidth: old and new belong together where each is the other's nearest. What has no counterpart begins anew, or is forgotten.
 * @param watches - lowest price first
 * @param levels - lowest price first
 * @param bandwidth - of the new clustering, in log price
 * @returns one watch for each of `levels`, in their order; a test that is carried over moves to the new price
 * @example carryOver(watches, tracker.levels(), tracker.bandwidth())
 */
export function carryOver(
  watches: readonly LevelWatch[],
  levels: readonly Level[],
  bandwidth: number,
): readonly LevelWatch[] {
  return levels.map((level, k) => {
    const before = nearestTo(level.logPrice, watches)
    if (before === undefined || Math.abs(before.level.logPrice - level.logPrice) >= bandwidth) return fresh(level)
    if (isNearer(levels[k - 1], level, before) || isNearer(levels[k + 1], level, before)) return fresh(level)
    before.test.price = level.price
    return { level, test: before.test }
  })
}

const fresh = (level: Level): LevelWatch => ({ level, test: levelTest(level.price) })

/** Whether a neighbour has a better claim to the old level; of two equally near the lower one has. */
function isNearer(neighbour: Level | undefined, level: Level, { level: before }: LevelWatch): boolean {
  if (neighbour === undefined) return false
  const difference = Math.abs(neighbour.logPrice - before.logPrice) - Math.abs(level.logPrice - before.logPrice)
  return difference < 0 || (difference === 0 && neighbour.logPrice < level.logPrice)
}

function nearestTo(logPrice: number, watches: readonly LevelWatch[]): LevelWatch | undefined {
  let nearest: LevelWatch | undefined
  let distance = Infinity
  for (const watch of watches) {
    const here = Math.abs(watch.level.logPrice - logPrice)
    if (here >= distance) break
    nearest = watch
    distance = here
  }
  return nearest
}
