import type { Random } from '../../core/random.ts'
import { justInside, lowerAt, upperAt } from './limits.ts'
import { clockOf, pinsOf, wholeVariance, type Path } from './path.ts'
import { portableExp, portableNormal } from './portableMath.ts'

/** Draws a log price for a node between two that are set. */
export type DrawNode = (left: number, node: number, right: number) => number

/** How many points of the free bridge compete for a node. */
const CANDIDATES = 8
/** A node that stands on a limit counts as this share of a deviation away from it, or it could never leave. */
const LEAST_DISTANCE = 0.05
/** Beyond this exponent the chance of a crossing is below 1e-9. */
const NEVER_CROSSES = 20

/**
 * Draws nodes of a Brownian bridge that keeps to its limits: candidates come from the free bridge and one is chosen in
 * proportion to its chance of reaching both neighbours without crossing (exact for straight limits, as the number of
 * candidates grows; the limits here are steps, so it is a good likeness). Time runs at the pace of the variance.
 * @param path - its variances must not change while the drawing goes on
 * @see Glasserman 2003, Monte Carlo Methods in Financial Engineering, 3.1 and 6.4
 */
export function bridgeDrawer(path: Path, random: Random): DrawNode {
  const { y, base, limits } = path
  const normal = portableNormal(random.uniform)
  const own = clockOf(path.ownVariance)
  const whole = clockOf(wholeVariance(path))
  const candidates = new Float64Array(CANDIDATES)
  const chances = new Float64Array(CANDIDATES)
  return (left, node, right) => {
    const before = (own[node] as number) - (own[left] as number)
    const after = (own[right] as number) - (own[node] as number)
    const ownLeft = (y[left] as number) - (base[left] as number)
    const ownRight = (y[right] as number) - (base[right] as number)
    const mean = (base[node] as number) + (ownLeft * after + ownRight * before) / (before + after)
    const deviation = Math.sqrt((before * after) / (before + after))
    const clearLeft = clearance(path, left, node, (whole[node] as number) - (whole[left] as number))
    const clearRight = clearance(path, right, node, (whole[right] as number) - (whole[node] as number))
    let total = 0
    for (let c = 0; c < CANDIDATES; c++) {
      const at = mean + deviation * normal()
      const chance = clearLeft(at)
      candidates[c] = at
      chances[c] = chance === 0 ? 0 : chance * clearRight(at)
      total += chances[c] as number
    }
    if (total === 0) {
      return justInside(mean, lowerAt(limits, node), upperAt(limits, node), deviation, random.uniform())
    }
    return candidates[pick(chances, random.uniform() * total)] as number
  }
}

/** Sets every node that is not set yet, halving each gap again and again. */
export function fillPath(path: Path, draw: DrawNode): void {
  const fill = (left: number, right: number): void => {
    if (right - left < 2) return
    const middle = (left + right) >> 1
    path.y[middle] = draw(left, middle, right)
    fill(left, middle)
    fill(middle, right)
  }
  const pins = pinsOf(path)
  for (let p = 1; p < pins.length; p++) fill(pins[p - 1] as number, pins[p] as number)
}

/** Chance, by log price at a node, that a bridge of this variance from a set node touches neither limit. */
function clearance({ y, limits }: Path, from: number, node: number, variance: number): (at: number) => number {
  const start = y[from] as number
  const upper = upperAt(limits, node)
  const lower = lowerAt(limits, node)
  const least = LEAST_DISTANCE * Math.sqrt(variance)
  const above = (2 * Math.max(upperAt(limits, from) - start, least)) / variance
  const below = (2 * Math.max(start - lowerAt(limits, from), least)) / variance
  return (at) => clear(above * (upper - at)) * clear(below * (at - lower))
}

function clear(exponent: number): number {
  if (exponent > NEVER_CROSSES) return 1
  return exponent <= 0 ? 0 : 1 - portableExp(-exponent)
}

function pick(chances: Float64Array, target: number): number {
  let sum = 0
  for (let c = 0; c < chances.length; c++) {
    sum += chances[c] as number
    if (sum > target) return c
  }
  return chances.length - 1
}
