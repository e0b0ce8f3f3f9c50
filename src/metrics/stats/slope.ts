/** A slope with its 95 % interval. */
export interface Slope {
  readonly value: number
  readonly low: number
  readonly high: number
  /** Pairs it rests on. */
  readonly n: number
}

/** Fewer pairs have no interval. */
const FEWEST = 4
const Z975 = 1.959963984540054

/**
 * The slope of `y` on `x` by least squares, with the interval of Student's distribution.
 * @param x - values, without gaps
 * @param y - as many
 * @returns NaN for fewer than four pairs or where `x` does not move
 * @example slope([1, 2, 3, 4], [2, 4, 6, 8]).value // 2
 */
export function slope(x: readonly number[], y: readonly number[]): Slope {
  const n = x.length
  const none = { value: NaN, low: NaN, high: NaN, n }
  if (n < FEWEST) return none
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / n
  const [meanX, meanY] = [mean(x), mean(y)]
  let [xy, xx, yy] = [0, 0, 0]
  for (const [i, each] of x.entries()) {
    const [dx, dy] = [each - meanX, (y[i] as number) - meanY]
    xy += dx * dy
    xx += dx * dx
    yy += dy * dy
  }
  if (!(xx > 0)) return none
  const value = xy / xx
  const error = Math.sqrt(Math.max(0, yy - value * xy) / (n - 2) / xx)
  const width = student975(n - 2) * error
  return { value, low: value - width, high: value + width, n }
}

/**
 * The quantile of 97.5 % of Student's distribution, by the expansion of Cornish and Fisher: to a thousandth from 5 degrees on.
 * @example student975(28) // 2.048
 */
export function student975(degrees: number): number {
  const z = Z975
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ]
  return terms.reduce((sum, term, i) => sum + term / degrees ** (i + 1), z)
}
