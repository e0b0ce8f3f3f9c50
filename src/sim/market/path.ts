import type { Limits } from './limits.ts'

/** A log-price path in the making: nodes that are set, and what may be said of the rest. */
export interface Path {
  /** Log price per node; NaN where it is not set yet. */
  readonly y: Float64Array
  /** What the path takes from the asset that it follows, as a log price per node; its own part is the rest. */
  readonly base: Float64Array
  /** Variance of the own part's log return, per step. */
  readonly ownVariance: Float64Array
  /** Variance of what it takes from the asset that it follows, per step. */
  readonly baseVariance: Float64Array
  readonly limits: Limits
}

/** Nodes that are set, in order. */
export function pinsOf(path: Path): readonly number[] {
  const pins: number[] = []
  for (let node = 0; node < path.y.length; node++) if (!Number.isNaN(path.y[node])) pins.push(node)
  return pins
}

/** Variance of the whole path, per step. */
export const wholeVariance = ({ ownVariance, baseVariance }: Path): Float64Array =>
  ownVariance.map((variance, s) => variance + (baseVariance[s] as number))

/** Sum of the steps from one node to another. */
export function sumBetween(perStep: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let s = from; s < to; s++) sum += perStep[s] as number
  return sum
}

/** Running sum at every node: a clock that runs at the pace of the steps' variance. */
export function clockOf(perStep: Float64Array): Float64Array {
  const clock = new Float64Array(perStep.length + 1)
  perStep.forEach((value, s) => {
    clock[s + 1] = (clock[s] as number) + value
  })
  return clock
}
