/**
 * A fresh output column whose warm-up is a gap.
 * @param length - bars in the column
 * @param bars - how many bars at its start have no value yet; more than `length` gives gaps only
 * @returns NaN on the first `bars` bars, 0 (to be overwritten) after
 * @example warmUp(3, 2) // Float64Array [NaN, NaN, 0]
 */
export function warmUp(length: number, bars: number): Float64Array {
  return new Float64Array(length).fill(NaN, 0, Math.min(bars, length))
}
