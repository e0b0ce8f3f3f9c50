import { gaps } from '../core/candles.ts'

/**
 * Share of the values of a trailing window that lie below the present one, percent. At least half of the window must be there.
 * @param column - values, oldest first
 * @param bars - length of the window, the present bar not in it
 * @returns 0 to 100; NaN where the value or half of the window is missing
 * @example trailingPercentile(Float64Array.of(1, 2, 3), 2).at(-1) // 100
 */
export function trailingPercentile(column: Float64Array, bars: number): Float64Array {
  const out = gaps(column.length)
  const sorted: number[] = []
  const place = (value: number): number => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sorted[middle] as number) < value) low = middle + 1
      else high = middle
    }
    return low
  }
  for (const [i, value] of column.entries()) {
    const leaving = column[i - bars - 1]
    if (leaving !== undefined && !Number.isNaN(leaving)) sorted.splice(place(leaving), 1)
    if (Number.isNaN(value)) continue
    if (sorted.length * 2 >= bars) out[i] = (100 * place(value)) / sorted.length
    sorted.splice(place(value), 0, value)
  }
  return out
}
