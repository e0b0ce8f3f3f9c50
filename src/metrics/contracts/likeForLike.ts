/** A sum as if its parts had never changed, and where that was begun again. */
export interface LikeForLike {
  readonly values: Float64Array
  /** Bars of one number can be compared, those of two cannot. */
  readonly chain: Float64Array
}

/**
 * How a sum whose parts come and go has grown from one bar to another, over the parts that stayed.
 * @param from - index of the earlier bar
 * @returns the later value over the earlier; NaN where either is a gap, or no part leads from one bar to the other
 * @example growth({ values: Float64Array.of(50, 55), chain: Float64Array.of(1, 1) }, 0, 1) // 1.1
 */
export function growth({ values, chain }: LikeForLike, from: number, to: number): number {
  if (chain[from] !== chain[to]) return NaN
  return (values[to] ?? NaN) / (values[from] ?? NaN)
}
