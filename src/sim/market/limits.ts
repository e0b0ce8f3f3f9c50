import type { Scenario } from '../../records/scenario.ts'
import { portableLog } from './portableMath.ts'
import { dayIndex, STEPS_A_DAY, type Timeline } from './timeline.ts'
import { TICK } from './tick.ts'

/** Log prices, per day, that no step of the day may pass; minus and plus infinity where nothing binds. */
export interface Limits {
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/**
 * What the facts and bounds of an asset leave open: strictly inside every bound and strictly inside the high and low of
 * the day itself (by a tick, so that a fact stands alone).
 */
export function limitsOf(scenario: Scenario, timeline: Timeline, asset: string): Limits {
  const lower = new Float64Array(timeline.days)
  const upper = new Float64Array(timeline.days).fill(Infinity)
  const narrow = (d: number, above = 0, below = Infinity): void => {
    lower[d] = Math.max(lower[d] as number, above + TICK)
    upper[d] = Math.min(upper[d] as number, below - TICK)
  }
  for (const bound of scenario.bounds.filter((each) => each.asset === asset)) {
    for (let d = dayIndex(timeline, bound.from); d <= dayIndex(timeline, bound.to); d++) {
      narrow(d, bound.above, bound.below)
    }
  }
  for (const fact of scenario.facts.filter((each) => each.asset === asset)) {
    narrow(dayIndex(timeline, fact.on), fact.low, fact.high)
  }
  return { lower: lower.map(portableLog), upper: upper.map(portableLog) }
}

/** The lower limit at a node, which belongs to the day that ends there and to the day that begins. */
export const lowerAt = ({ lower }: Limits, node: number): number =>
  Math.max(lower[dayBefore(node)] ?? -Infinity, lower[Math.floor(node / STEPS_A_DAY)] ?? -Infinity)

/** The upper limit at a node, likewise. */
export const upperAt = ({ upper }: Limits, node: number): number =>
  Math.min(upper[dayBefore(node)] ?? Infinity, upper[Math.floor(node / STEPS_A_DAY)] ?? Infinity)

/**
 * A log price strictly between two limits, near a wish that lies beyond one of them: within a step of that limit.
 * @param share - in [0, 1): how much of the step to take
 */
export function justInside(wish: number, lower: number, upper: number, step: number, share: number): number {
  const room = Math.min(step, (upper - lower) / 2) * share
  return wish >= upper ? upper - room : Math.max(wish, lower + room)
}

const dayBefore = (node: number): number => Math.floor((node - 1) / STEPS_A_DAY)
