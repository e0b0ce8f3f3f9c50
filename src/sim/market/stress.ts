import { pinsOf, sumBetween, type Path } from './path.ts'
import { portableExp } from './portableMath.ts'
import { STEPS_AN_HOUR } from './timeline.ts'

/** A move of so many deviations between two pins is still an ordinary one. */
const ORDINARY_MOVE = 1.4
/** Unrest around a forced move: this share of its excess, with a half-life of hours before it and of most of a day after. */
const AROUND = 0.3
const BUILD_UP_STEPS = 2 * STEPS_AN_HOUR
const FADE_STEPS = 16 * STEPS_AN_HOUR

/**
 * Adds variance where the pins demand more than an ordinary market would move, evenly over the forced move, and less and
 * less around it: a crash comes out of rising unrest and leaves unrest behind.
 * @param path - with its pins set; not changed
 * @returns variance of the own part per step, nowhere below the path's
 */
export function stressedVariance(path: Path): Float64Array {
  const excess = new Float64Array(path.ownVariance.length)
  const pins = pinsOf(path)
  for (let p = 1; p < pins.length; p++) {
    const from = pins[p - 1] as number
    const to = pins[p] as number
    excess.fill(forcedExcess(path, from, to), from, to)
  }
  const around = unrestAround(excess)
  return path.ownVariance.map((variance, s) => variance + Math.max(excess[s] as number, around[s] as number))
}

/** Variance per step that is lacking for the move between two pins to be ordinary. */
function forcedExcess({ y, base, ownVariance }: Path, from: number, to: number): number {
  const own = (node: number): number => (y[node] as number) - (base[node] as number)
  const deviation = (own(to) - own(from)) / ORDINARY_MOVE
  return Math.max(0, (deviation * deviation - sumBetween(ownVariance, from, to)) / (to - from))
}

function unrestAround(excess: Float64Array): Float64Array {
  const fade = portableExp(-Math.LN2 / FADE_STEPS)
  const buildUp = portableExp(-Math.LN2 / BUILD_UP_STEPS)
  const around = excess.map((value) => AROUND * value)
  for (let s = 1; s < around.length; s++) {
    around[s] = Math.max(around[s] as number, fade * (around[s - 1] as number))
  }
  for (let s = around.length - 2; s >= 0; s--) {
    around[s] = Math.max(around[s] as number, buildUp * (around[s + 1] as number))
  }
  return around
}
