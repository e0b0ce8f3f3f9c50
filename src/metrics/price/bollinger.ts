import { numberParam } from '../../core/params.ts'
import { candleMetric } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'
import { warmUp } from '../warmUp.ts'

/** The three bands; of one bar in the streaming form. */
export interface Bollinger<T> {
  readonly upper: T
  readonly middle: T
  readonly lower: T
}

/**
 * Bollinger bands: the simple moving average, and that many population standard deviations around it. A gap restarts the warm-up.
 * @param close - price, oldest first, without gaps
 * @param n - bars of the average, from 1
 * @param deviations - standard deviations from the middle to each band
 * @returns three columns in the unit of the price; NaN on the first `n - 1` bars; the bands meet where the deviation is under
 *   a ten-millionth of the price, which the running totals cannot tell from none
 * @see Bollinger 2001; TA-Lib BBANDS with the simple average, equal to it to the last bit (its bound for no deviation is absolute)
 * @example bollinger(Float64Array.of(1, 3), 2).upper // [NaN, 4]
 */
export function bollinger(close: Float64Array, n = 20, deviations = 2): Bollinger<Float64Array> {
  const { length } = close
  const upper = warmUp(length, n - 1)
  const middle = warmUp(length, n - 1)
  const lower = warmUp(length, n - 1)
  let total = 0
  let squares = 0
  for (let i = 0; i < length; i++) {
    const price = close[i] as number
    total += price
    squares += price * price
    if (i < n - 1) continue
    const mean = total / n
    const reach = deviation(squares / n, mean) * deviations
    upper[i] = mean + reach
    middle[i] = mean
    lower[i] = mean - reach
    const oldest = close[i - n + 1] as number
    total -= oldest
    squares -= oldest * oldest
  }
  return { upper, middle, lower }
}

/**
 * Streaming form of {@link bollinger}: the same values bit for bit; a NaN gives NaN and starts over.
 * @example [1, 3].map(bollingerStream(2)).at(-1).upper // 4
 */
export function bollingerStream(n = 20, deviations = 2): (close: number) => Bollinger<number> {
  const ring = new Float64Array(n)
  let count = 0
  let at = 0
  let total = 0
  let squares = 0
  return (close) => {
    if (Number.isNaN(close)) {
      count = at = total = squares = 0
      return NONE
    }
    total += close
    squares += close * close
    ring[at] = close
    at = at + 1 === n ? 0 : at + 1
    if (count < n - 1) {
      count++
      return NONE
    }
    const mean = total / n
    const reach = deviation(squares / n, mean) * deviations
    const oldest = ring[at] as number
    total -= oldest
    squares -= oldest * oldest
    return { upper: mean + reach, middle: mean, lower: mean - reach }
  }
}

const NONE: Bollinger<number> = { upper: NaN, middle: NaN, lower: NaN }

/** Registry entry `bollinger(20, 2)` with `.upper`, `.middle` and `.lower`. */
export const bollingerMetric: Metric = candleMetric({
  id: 'bollinger',
  title: 'Bollinger bands',
  params: [
    { name: 'n', kind: 'count', default: 20 },
    { name: 'deviations', kind: 'number', default: 2 },
  ],
  outputs: [
    { name: 'upper', unit: 'quote' },
    { name: 'middle', unit: 'quote' },
    { name: 'lower', unit: 'quote' },
  ],
  fields: ['close'],
  kernel: ({ close }, params) => ({ ...bollinger(close, numberParam(params, 'n'), numberParam(params, 'deviations')) }),
  stream: (params) => {
    const next = bollingerStream(numberParam(params, 'n'), numberParam(params, 'deviations'))
    return ({ close }) => ({ ...next(close) })
  },
})

function deviation(meanSquare: number, mean: number): number {
  const squared = mean * mean
  const variance = meanSquare - squared
  return variance < 1e-14 * squared ? 0 : Math.sqrt(variance)
}
