import type { Bar } from '../../core/candles.ts'
import { numberParam } from '../../core/params.ts'
import { candleMetric, single } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'
import { warmUp } from '../warmUp.ts'

/** The columns that {@link mfi} reads. */
export interface PricesAndVolume {
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
}

/**
 * Money flow index: of the last `n` bars' money flow (typical price times volume), the share of the bars whose typical price
 * rose, 0 to 100. Bars whose typical price did not change count on neither side. A gap restarts the warm-up.
 * @param candles - prices, and volume in coins, of one length, oldest first, without gaps
 * @param n - bars, from 1
 * @returns index points; NaN on the first `n` bars; 0 where no money flowed in all `n` bars; as in TA-Lib the running totals may leave
 *   an index that is 0 or 100 a few units in the last place outside
 * @see Quong and Soudack 1989; TA-Lib MFI, equal to it to the last bit (versions up to 0.6 also give 0 where the flow is under 1,
 *   an absolute bound that is not taken over: the index does not depend on the unit of the price)
 * @example mfi({ high, low, close: Float64Array.of(1, 2, 1), volume: Float64Array.of(9, 1, 1) }, 2)[2] // 66.66666666666667, high = low = close
 */
export function mfi({ high, low, close, volume }: PricesAndVolume, n = 14): Float64Array {
  const { length } = close
  const out = warmUp(length, n)
  if (length === 0) return out
  const ring = new Float64Array(n)
  let at = 0
  let previous = ((high[0] as number) + (low[0] as number) + (close[0] as number)) / 3
  let risen = 0
  let fallen = 0
  let still = 0
  for (let i = 1; i < length; i++) {
    const typical = ((high[i] as number) + (low[i] as number) + (close[i] as number)) / 3
    const flow = signedFlow(typical, previous, volume[i] as number)
    previous = typical
    if (i > n) {
      const oldest = ring[at] as number
      risen -= Math.max(oldest, 0)
      fallen -= Math.max(-oldest, 0)
    }
    ring[at] = flow
    at = at + 1 === n ? 0 : at + 1
    risen += Math.max(flow, 0)
    fallen += Math.max(-flow, 0)
    still = flow === 0 ? still + 1 : 0
    if (still >= n) risen = fallen = 0
    if (i >= n) out[i] = share(risen, fallen)
  }
  return out
}

/**
 * Streaming form of {@link mfi}: the same values bit for bit; a bar without a price or volume gives NaN and starts over.
 * @example bars.map(mfiStream(14))
 */
export function mfiStream(n = 14): (bar: Bar) => number {
  const ring = new Float64Array(n)
  let count = 0
  let at = 0
  let previous = NaN
  let risen = 0
  let fallen = 0
  let still = 0
  return ({ high, low, close, volume }) => {
    const typical = (high + low + close) / 3
    const flow = signedFlow(typical, previous, volume)
    const isGap = Number.isNaN(typical + volume)
    const isFirst = Number.isNaN(previous)
    previous = isGap ? NaN : typical
    if (isGap || isFirst) {
      count = at = risen = fallen = still = 0
      return NaN
    }
    if (count === n) {
      const oldest = ring[at] as number
      risen -= Math.max(oldest, 0)
      fallen -= Math.max(-oldest, 0)
    } else count++
    ring[at] = flow
    at = at + 1 === n ? 0 : at + 1
    risen += Math.max(flow, 0)
    fallen += Math.max(-flow, 0)
    still = flow === 0 ? still + 1 : 0
    if (still >= n) risen = fallen = 0
    return count === n ? share(risen, fallen) : NaN
  }
}

/** Registry entry `mfi(14)`. */
export const mfiMetric: Metric = candleMetric({
  id: 'mfi',
  title: 'Money flow index',
  params: [{ name: 'n', kind: 'count', default: 14 }],
  outputs: single('index'),
  fields: ['high', 'low', 'close', 'volume'],
  kernel: (candles, params) => ({ value: mfi(candles, numberParam(params, 'n')) }),
  stream: (params) => {
    const next = mfiStream(numberParam(params, 'n'))
    return (bar) => ({ value: next(bar) })
  },
})

/** Money flow with the sign of the typical price's move. */
function signedFlow(typical: number, previous: number, volume: number): number {
  if (typical > previous) return typical * volume
  return typical < previous ? -(typical * volume) : 0
}

function share(risen: number, fallen: number): number {
  const total = risen + fallen
  return total <= 0 ? 0 : 100 * (risen / total)
}
