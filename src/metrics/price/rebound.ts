import { gaps } from '../../core/candles.ts'
import { textParam } from '../../core/params.ts'
import { candlesOf, single } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'
import { firstBarOn } from '../window.ts'

/**
 * Rebound: how far each close stands above the lowest low since a bar. Gaps are skipped, not carried.
 * @param low - price above 0, oldest first; NaN is a gap
 * @param close - price, same length
 * @param from - index of the first bar looked at; bars before it are gaps
 * @returns percent, 0 or above; NaN before `from` and on bars without a price
 * @example rebound(Float64Array.of(10, 8, 9), Float64Array.of(10, 9, 10)) // [0, 12.5, 25]
 */
export function rebound(low: Float64Array, close: Float64Array, from = 0): Float64Array {
  const out = gaps(close.length)
  let lowest = Infinity
  for (let i = from; i < close.length; i++) {
    const bottom = low[i] as number
    const price = close[i] as number
    if (Number.isNaN(bottom + price)) continue
    if (bottom < lowest) lowest = bottom
    out[i] = (100 * (price - lowest)) / lowest
  }
  return out
}

/**
 * Streaming form of {@link rebound}: the same values bit for bit; a bar without a price gives NaN and is skipped.
 * @example bars.map(reboundStream()).at(-1) // 29.6
 */
export function reboundStream(): (bar: { readonly low: number; readonly close: number }) => number {
  let lowest = Infinity
  return ({ low, close }) => {
    if (Number.isNaN(low + close)) return NaN
    if (low < lowest) lowest = low
    return (100 * (close - lowest)) / lowest
  }
}

/** Registry entry `rebound(from)`. */
export const reboundMetric: Metric = {
  id: 'rebound',
  title: 'Rebound from the low',
  params: [{ name: 'from', kind: 'date' }],
  outputs: single('pct'),
  needs: () => [{ kind: 'candles' }],
  compute: (frame, params) => {
    const candles = candlesOf(frame)
    return { value: rebound(candles.low, candles.close, firstBarOn(candles, textParam(params, 'from'))) }
  },
}
