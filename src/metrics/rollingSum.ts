import { gaps } from '../core/candles.ts'

/**
 * Trailing sum of the last `n` values, compensated (Neumaier), so that a long series does not drift.
 * @param values - any unit, oldest first; NaN is a gap
 * @param n - values, from 1
 * @returns same unit and length; NaN where one of the last `n` is a gap or lies before the start
 * @see Neumaier 1974
 * @example rollingSum(Float64Array.of(1, 2, 3), 2) // [NaN, 3, 5]
 */
export function rollingSum(values: Float64Array, n: number): Float64Array {
  const out = gaps(values.length)
  let total = 0
  let lost = 0
  let count = 0
  const add = (value: number): void => {
    const next = total + value
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    total = next
  }
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) {
      total = lost = count = 0
      continue
    }
    add(value)
    if (count === n) add(-(values[i - n] as number))
    else count++
    if (count === n) out[i] = total + lost
  }
  return out
}
