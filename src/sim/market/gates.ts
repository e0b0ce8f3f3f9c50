import type { Random } from '../../core/random.ts'
import { lowerAt, upperAt } from './limits.ts'
import { pinsOf, sumBetween, type Path } from './path.ts'
import { portableNormal } from './portableMath.ts'
import { STEPS_A_DAY } from './timeline.ts'

/** A pin this share of a day's deviation beyond a limit lies beyond it; less is the limit's own fact. */
const BEYOND = 0.25
/** How far from its limit, in days' deviations, a path stands on the eve of breaking it. */
const EVE_DISTANCE = 0.8

/**
 * Sets the last node that a limit holds where the next pin lies beyond it: otherwise the path, drawn towards the pin,
 * would creep along the limit for days. A day's deviation away or so, as a path that has stayed clear of it would be.
 * @param path - with its first pins; the nodes are added to it
 */
export function setGates(path: Path, random: Random): void {
  const normal = portableNormal(random.uniform)
  const pins = pinsOf(path)
  for (let p = 1; p < pins.length; p++) {
    const gate = lastBarredDay(path, pins[p - 1] as number, pins[p] as number)
    if (gate === undefined) continue
    const distance = EVE_DISTANCE * dayDeviation(path, gate.node) * length(normal(), normal())
    path.y[gate.node] = place(path, gate, distance)
  }
}

interface Gate {
  readonly node: number
  readonly side: 'lower' | 'upper'
}

function lastBarredDay(path: Path, from: number, to: number): Gate | undefined {
  const pin = path.y[to] as number
  for (let node = Math.floor((to - 1) / STEPS_A_DAY) * STEPS_A_DAY; node > from; node -= STEPS_A_DAY) {
    const margin = BEYOND * dayDeviation(path, node)
    const day = node / STEPS_A_DAY - 1
    if (pin < (path.limits.lower[day] as number) - margin) return { node, side: 'lower' }
    if (pin > (path.limits.upper[day] as number) + margin) return { node, side: 'upper' }
  }
  return undefined
}

/** Never nearer to the opposite limit than to its own. */
function place({ limits }: Path, { node, side }: Gate, distance: number): number {
  const lower = lowerAt(limits, node)
  const upper = upperAt(limits, node)
  const room = Math.min(distance, (upper - lower) / 2)
  return side === 'lower' ? lower + room : upper - room
}

const dayDeviation = (path: Path, node: number): number =>
  Math.sqrt(
    sumBetween(path.ownVariance, node - STEPS_A_DAY, node) + sumBetween(path.baseVariance, node - STEPS_A_DAY, node),
  )

const length = (x: number, y: number): number => Math.sqrt(x * x + y * y)
