import { numberParam } from '../../core/params.ts'
import { candleMetric, single } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'
import { warmUp } from '../warmUp.ts'

/**
 * Momentum: the close minus the close `n` bars earlier. A gap restarts the warm-up.
 * @param close - price, oldest first, without gaps
 * @param n - bars, from 1
 * @returns in the unit of the price, same length; NaN on the first `n` bars
 * @see TA-Lib MOM, equal to it to the last bit
 * @example momentum(Float64Array.of(5, 6, 8), 2) // [NaN, NaN, 3]
 */
export function momentum(close: Float64Array, n = 10): Float64Array {
  const out = warmUp(close.length, n)
  for (let i = n; i < close.length; i++) out[i] = (close[i] as number) - (close[i - n] as number)
  return out
}

/**
 * Streaming form of {@link momentum}: the same values bit for bit; a NaN gives NaN and starts over.
 * @example [5, 6, 8].map(momentumStream(2)) // [NaN, NaN, 3]
 */
export function momentumStream(n = 10): (close: number) => number {
  const ring = new Float64Array(n).fill(NaN)
  let at = 0
  return (close) => {
    if (Number.isNaN(close)) {
      ring.fill(NaN)
      return NaN
    }
    const move = close - (ring[at] as number)
    ring[at] = close
    at = at + 1 === n ? 0 : at + 1
    return move
  }
}

/** Registry entry `momentum(10)`. */
export const momentumMetric: Metric = candleMetric({
  id: 'momentum',
  title: 'Momentum',
  params: [{ name: 'n', kind: 'count', default: 10 }],
  outputs: single('quote'),
  fields: ['close'],
  kernel: ({ close }, params) => ({ value: momentum(close, numberParam(params, 'n')) }),
  stream: (params) => {
    const next = momentumStream(numberParam(params, 'n'))
    return ({ close }) => ({ value: next(close) })
  },
})
