/** A correlation with its 95 % interval. */
export interface Correlation {
  readonly value: number
  readonly low: number
  readonly high: number
  /** Pairs of changes it rests on. */
  readonly n: number
}

/** Normal quantile of a two-sided interval of 95 %. */
const Z95 = 1.959963984540054
/** Fewer pairs have no interval. */
export const FEWEST = 4

/**
 * Pearson's correlation of pairs, with the interval of Fisher's transformation.
 * @param a - values, without gaps
 * @param b - as many
 * @returns NaN for fewer than four pairs or where one side does not move
 * @see Fisher 1921
 * @example pearson([1, 2, 3, 5], [2, 4, 6, 9]).value // 0.998
 */
export function pearson(a: readonly number[], b: readonly number[]): Correlation {
  const n = a.length
  const none = { value: NaN, low: NaN, high: NaN, n }
  if (n < FEWEST) return none
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / n
  const [meanA, meanB] = [mean(a), mean(b)]
  let [ab, aa, bb] = [0, 0, 0]
  for (const [i, x] of a.entries()) {
    const [dx, dy] = [x - meanA, (b[i] as number) - meanB]
    ab += dx * dy
    aa += dx * dx
    bb += dy * dy
  }
  // Rounding may bring it beyond 1, where the transformation ends.
  const value = Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)))
  if (Number.isNaN(value)) return none
  const [centre, width] = [Math.atanh(value), Z95 / Math.sqrt(n - 3)]
  return { value, low: Math.tanh(centre - width), high: Math.tanh(centre + width), n }
}
