import type { Random } from '../../core/random.ts'
import type { ScenarioFact } from '../../records/scenario.ts'
import { portableLog } from './portableMath.ts'
import { dayIndex, HOURS_A_DAY, STEPS_A_DAY, STEPS_AN_HOUR, type Timeline } from './timeline.ts'

/** Where a path meets the high or low that a fact names: in the middle of an hour. */
export interface Touch {
  readonly node: number
  readonly side: 'high' | 'low'
  readonly price: number
}

/** Weight of a node as the place of an extreme; the largest, or one drawn in proportion, takes it. */
export type ChooseNode = (nodes: readonly number[], side: Touch['side']) => number

/** The first and last hours of a day are left out: an extreme needs room to come from and go to. */
const FIRST_HOUR = 6
const LAST_HOUR = HOURS_A_DAY - 6
/** The high and the low of one day are at least so far apart. */
const APART_STEPS = 4 * STEPS_AN_HOUR

/**
 * The touches of one day's fact. A high (low) that is the day's open or close needs none.
 * @param choose - which of the free nodes takes an extreme
 */
export function touchesOf(fact: ScenarioFact, timeline: Timeline, choose: ChooseNode): readonly Touch[] {
  const touches: Touch[] = []
  for (const side of ['low', 'high'] as const) {
    const price = fact[side]
    if (price === undefined || price === fact.open || price === fact.close) continue
    const free = middles(dayIndex(timeline, fact.on)).filter((node) =>
      touches.every((touch) => Math.abs(touch.node - node) >= APART_STEPS),
    )
    touches.push({ node: choose(free, side), side, price })
  }
  return touches
}

/** Draws a node in proportion to its volatility: extremes come in busy hours. */
export function chooseByVolatility(volatility: Float64Array, random: Random): ChooseNode {
  return (nodes) => {
    let target = random.uniform() * nodes.reduce((total, node) => total + (volatility[node] as number), 0)
    return nodes.find((node) => (target -= volatility[node] as number) < 0) ?? (nodes[0] as number)
  }
}

/** Takes the node where the asset that is followed has its own extreme: markets turn together. */
export function chooseByLeader(y: Float64Array): ChooseNode {
  return (nodes, side) => {
    const sign = side === 'high' ? 1 : -1
    return nodes.reduce((best, node) => (sign * (y[node] as number) > sign * (y[best] as number) ? node : best))
  }
}

/** Sets the nodes that touches pin. */
export function setTouches(y: Float64Array, touches: readonly Touch[]): void {
  for (const { node, price } of touches) y[node] = portableLog(price)
}

function middles(d: number): readonly number[] {
  const count = LAST_HOUR - FIRST_HOUR + 1
  return Array.from({ length: count }, (_, i) => d * STEPS_A_DAY + (FIRST_HOUR + i) * STEPS_AN_HOUR + 1)
}
