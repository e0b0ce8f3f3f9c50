import { numberParam } from '../../core/params.ts'
import { candleMetric, single } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'
import { warmUp } from '../warmUp.ts'

/**
 * Simple return: the change of the close over `n` bars. A gap restarts the warm-up.
 * @param close - price above 0, oldest first, without gaps
 * @param n - bars, from 1
 * @returns percent, same length; NaN on the first `n` bars
 * @example simpleReturn(Float64Array.of(100, 110), 1) // [NaN, 10]
 */
export function simpleReturn(close: Float64Array, n = 1): Float64Array {
  const out = warmUp(close.length, n)
  for (let i = n; i < close.length; i++) {
    const before = close[i - n] as number
    out[i] = (100 * ((close[i] as number) - before)) / before
  }
  return out
}

/**
 * Streaming form of {@link simpleReturn}: the same values bit for bit; a NaN gives NaN and starts over.
 * @example [100, 110].map(simpleReturnStream(1)) // [NaN, 10]
 */
function simpleReturnStream(n = 1): (close: number) => number {
  const ring = new Float64Array(n).fill(NaN)
  let at = 0
  return (close) => {
    if (Number.isNaN(close)) {
      ring.fill(NaN)
      return NaN
    }
    const before = ring[at] as number
    const change = (100 * (close - before)) / before
    ring[at] = close
    at = at + 1 === n ? 0 : at + 1
    return change
  }
}

/** Registry entry `return(1)`; a claim that names `return` with `from` and `to` compares the closes at both ends. */
export const returnMetric: Metric = candleMetric({
  id: 'return',
  title: 'Return',
  params: [{ name: 'n', kind: 'count', default: 1 }],
  outputs: single('pct'),
  fields: ['close'],
  closesOnly: true,
  kernel: ({ close }, params) => ({ value: simpleReturn(close, numberParam(params, 'n')) }),
  stream: (params) => {
    const next = simpleReturnStream(numberParam(params, 'n'))
    return ({ close }) => ({ value: next(close) })
  },
})
