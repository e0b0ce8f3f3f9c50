import type { Bar } from '../../core/candles.ts'
import { candleMetric, single } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'

/**
 * On-balance volume: the running total of volume, added where the close rose and taken off where it fell. It starts at the
 * first bar's volume, so its level has no meaning, only its changes. A gap starts it over.
 * @param close - price, oldest first, without gaps
 * @param volume - coins, same length
 * @returns coins, same length, defined from the first bar
 * @see Granville 1963; TA-Lib OBV, equal to it to the last bit
 * @example obv(Float64Array.of(1, 2, 2, 1), Float64Array.of(10, 5, 7, 3)) // [10, 15, 15, 12]
 */
export function obv(close: Float64Array, volume: Float64Array): Float64Array {
  const out = new Float64Array(close.length)
  let total = volume[0] ?? NaN
  let previous = close[0] ?? NaN
  for (let i = 0; i < close.length; i++) {
    const price = close[i] as number
    total += signed(price - previous, volume[i] as number)
    previous = price
    out[i] = total
  }
  return out
}

/**
 * Streaming form of {@link obv}: the same values bit for bit; a bar without a close or volume gives NaN and starts over.
 * @example bars.map(obvStream())
 */
export function obvStream(): (bar: Bar) => number {
  let total = NaN
  let previous = NaN
  return ({ close, volume }) => {
    if (Number.isNaN(close + volume)) return (total = previous = NaN)
    total = Number.isNaN(previous) ? volume : total + signed(close - previous, volume)
    previous = close
    return total
  }
}

/** Registry entry `obv`. */
export const obvMetric: Metric = candleMetric({
  id: 'obv',
  title: 'On-balance volume',
  params: [],
  outputs: single('coins'),
  fields: ['close', 'volume'],
  kernel: ({ close, volume }) => ({ value: obv(close, volume) }),
  stream: () => {
    const next = obvStream()
    return (bar) => ({ value: next(bar) })
  },
})

function signed(move: number, volume: number): number {
  if (move > 0) return volume
  return move < 0 ? -volume : 0
}
