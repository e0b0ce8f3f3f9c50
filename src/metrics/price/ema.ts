import { numberParam } from '../../core/params.ts'
import { candleMetric, single } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'
import { warmUp } from '../warmUp.ts'

/**
 * Exponential moving average, weight 2 / (n + 1), seeded with the mean of the first `n` values. A gap restarts the warm-up.
 * @param values - any unit, oldest first, without gaps
 * @param n - bars, from 1
 * @returns same unit and length; NaN on the first `n - 1` bars, all NaN where there are fewer than `n`
 * @see TA-Lib EMA (classic), equal to it to the last bit
 * @example ema(Float64Array.of(1, 2, 3, 6), 3) // [NaN, NaN, 2, 4]
 */
export function ema(values: Float64Array, n: number): Float64Array {
  const out = warmUp(values.length, n - 1)
  if (values.length < n) return out
  const weight = 2 / (n + 1)
  let total = 0
  for (let i = 0; i < n; i++) total += values[i] as number
  let average = total / n
  out[n - 1] = average
  for (let i = n; i < values.length; i++) {
    average = ((values[i] as number) - average) * weight + average
    out[i] = average
  }
  return out
}

/**
 * Streaming form of {@link ema}: the same values bit for bit; a NaN gives NaN and starts over.
 * @example [1, 2, 3, 6].map(emaStream(3)) // [NaN, NaN, 2, 4]
 */
export function emaStream(n: number): (value: number) => number {
  const weight = 2 / (n + 1)
  let count = 0
  let average = 0
  return (value) => {
    if (Number.isNaN(value)) {
      count = average = 0
      return NaN
    }
    if (count === n) return (average = (value - average) * weight + average)
    average += value
    count++
    return count === n ? (average /= n) : NaN
  }
}

/** Registry entry `ema(n)` of the close. */
export const emaMetric: Metric = candleMetric({
  id: 'ema',
  title: 'Exponential moving average',
  params: [{ name: 'n', kind: 'count' }],
  outputs: single('quote'),
  fields: ['close'],
  kernel: ({ close }, params) => ({ value: ema(close, numberParam(params, 'n')) }),
  stream: (params) => {
    const next = emaStream(numberParam(params, 'n'))
    return ({ close }) => ({ value: next(close) })
  },
})
