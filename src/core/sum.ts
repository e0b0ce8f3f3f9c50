/**
 * Compensated sum (Neumaier): the error does not grow with the number of terms. Gaps are left out.
 * @param values - numbers of one unit, any order
 * @returns their sum; 0 for none
 * @see Neumaier 1974
 * @example sum([1, 1e100, 1, -1e100]) // 2
 */
export function sum(values: Iterable<number>): number {
  let total = 0
  let lost = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    const next = total + value
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    total = next
  }
  return total + lost
}

/**
 * Median; the mean of the two middle values of an even count. Gaps are left out.
 * @returns NaN for no values
 * @example median([3, 1, 2]) // 2
 */
export function median(values: Iterable<number>): number {
  const sorted = Float64Array.from([...values].filter((value) => !Number.isNaN(value))).sort()
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2
}
