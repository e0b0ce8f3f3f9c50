/**
 * Index of the highest or lowest value of a column between two bars, both included; the first of equals.
 * @returns `from` where every value is a gap
 * @example extremeBar(Float64Array.of(1, 3, 2), 0, 2, 'highest') // 1
 */
export function extremeBar(column: Float64Array, from: number, to: number, which: 'highest' | 'lowest'): number {
  const sign = which === 'highest' ? 1 : -1
  let best = from
  let bestValue = -Infinity
  for (let i = from; i <= to; i++) {
    const value = sign * (column[i] ?? NaN)
    if (value > bestValue) {
      best = i
      bestValue = value
    }
  }
  return best
}

/**
 * Price at a pivot of an oscillator: the extreme of that bar and its two neighbours.
 * @example extremeAround(Float64Array.of(3, 2, 1, 4), 1, 'lowest') // 1
 */
export function extremeAround(column: Float64Array, bar: number, which: 'highest' | 'lowest'): number {
  const near = column.subarray(Math.max(0, bar - 1), bar + 2)
  return which === 'lowest' ? Math.min(...near) : Math.max(...near)
}

/**
 * Share of the previous `window` values that lie below the one at `bar`.
 * @returns undefined where fewer than half of them are there
 * @example percentileOf(Float64Array.of(1, 2, 3), 2, 2) // { share: 1, count: 2 }
 */
export function percentileOf(
  column: Float64Array,
  bar: number,
  window: number,
): { readonly share: number; readonly count: number } | undefined {
  const value = column[bar] ?? NaN
  let below = 0
  let count = 0
  for (let i = Math.max(0, bar - window); i < bar; i++) {
    const other = column[i] as number
    if (Number.isNaN(other)) continue
    count++
    if (other < value) below++
  }
  return count * 2 < window ? undefined : { share: below / count, count }
}

/**
 * Bars in a row, ending at `bar`, for which a test holds.
 * @example streak(3, (i) => i > 1) // 2
 */
export function streak(bar: number, test: (bar: number) => boolean): number {
  let length = 0
  while (bar - length >= 0 && test(bar - length)) length++
  return length
}
