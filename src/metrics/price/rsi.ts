import { numberParam } from '../../core/params.ts'
import { candleMetric, single } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'
import { warmUp } from '../warmUp.ts'

/**
 * Relative strength index (Wilder): the smoothed rises as a share of the smoothed moves, 0 to 100. A gap restarts the warm-up.
 * @param close - price in any unit, oldest first, without gaps
 * @param n - bars of Wilder's smoothing, from 1
 * @returns index points, same length; NaN on the first `n` bars; 0 where the price has not moved since the start
 * @see Wilder 1978; TA-Lib RSI, equal to it to the last bit (TA-Lib also gives 0 where both averages are under 1e-14,
 *   an absolute bound that is not taken over: the index does not depend on the unit of the price)
 * @example rsi(Float64Array.of(1, 2, 1.5, 2.5), 2)[3] // 85.71428571428571
 */
export function rsi(close: Float64Array, n = 14): Float64Array {
  const out = warmUp(close.length, n)
  if (close.length <= n) return out
  let gain = 0
  let loss = 0
  for (let i = 1; i <= n; i++) {
    const move = (close[i] as number) - (close[i - 1] as number)
    gain += Math.max(move, 0)
    loss += Math.max(-move, 0)
  }
  gain /= n
  loss /= n
  out[n] = share(gain, loss)
  let previous = close[n] as number
  for (let i = n + 1; i < close.length; i++) {
    const price = close[i] as number
    const move = price - previous
    previous = price
    gain = (gain * (n - 1) + Math.max(move, 0)) / n
    loss = (loss * (n - 1) + Math.max(-move, 0)) / n
    out[i] = share(gain, loss)
  }
  return out
}

/**
 * Streaming form of {@link rsi}: the same values bit for bit; a NaN gives NaN and starts over.
 * @example [1, 2, 1.5, 2.5].map(rsiStream(2)).at(-1) // 85.71428571428571
 */
export function rsiStream(n = 14): (close: number) => number {
  let count = 0
  let previous = NaN
  let gain = 0
  let loss = 0
  return (close) => {
    const move = close - previous
    previous = close
    if (Number.isNaN(move)) {
      count = gain = loss = 0
      return NaN
    }
    if (count === n) {
      gain = (gain * (n - 1) + Math.max(move, 0)) / n
      loss = (loss * (n - 1) + Math.max(-move, 0)) / n
      return share(gain, loss)
    }
    gain += Math.max(move, 0)
    loss += Math.max(-move, 0)
    count++
    if (count < n) return NaN
    gain /= n
    loss /= n
    return share(gain, loss)
  }
}

/** Registry entry `rsi(14)`. */
export const rsiMetric: Metric = candleMetric({
  id: 'rsi',
  title: 'Relative strength index (Wilder)',
  params: [{ name: 'n', kind: 'count', default: 14 }],
  outputs: single('index'),
  fields: ['close'],
  kernel: ({ close }, params) => ({ value: rsi(close, numberParam(params, 'n')) }),
  stream: (params) => {
    const next = rsiStream(numberParam(params, 'n'))
    return ({ close }) => ({ value: next(close) })
  },
})

function share(gain: number, loss: number): number {
  const moves = gain + loss
  return moves === 0 ? 0 : 100 * (gain / moves)
}
