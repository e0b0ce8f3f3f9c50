import type { Bar } from '../../core/candles.ts'
import { numberParam } from '../../core/params.ts'
import { candleMetric, single } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'
import { warmUp } from '../warmUp.ts'
import { trueRange, type Prices } from './atr.ts'

/**
 * Average directional index (Wilder): how strongly price has trended, whichever way, 0 to 100. A gap restarts the warm-up.
 * @param prices - high, low and close of one length, oldest first, without gaps
 * @param n - bars of Wilder's smoothing, from 1
 * @returns index points; NaN on the first `2n - 1` bars; a bar without any directional move leaves it as it was
 * @see Wilder 1978; TA-Lib ADX, equal to it to the last bit
 * @example adx({ high, low, close }).findIndex((x) => x >= 0) // 27
 */
export function adx({ high, low, close }: Prices, n = 14): Float64Array {
  const { length } = close
  const out = warmUp(length, 2 * n - 1)
  let plus = 0
  let minus = 0
  let range = 0
  let index = 0
  for (let i = 1; i < length; i++) {
    const up = (high[i] as number) - (high[i - 1] as number)
    const down = (low[i - 1] as number) - (low[i] as number)
    if (i >= n) {
      plus -= plus / n
      minus -= minus / n
      range -= range / n
    }
    plus += up > 0 && up > down ? up : 0
    minus += down > 0 && up < down ? down : 0
    range += trueRange(high[i] as number, low[i] as number, close[i - 1] as number)
    if (i < n) continue
    const dx = directionalIndex(plus, minus, range)
    if (i < 2 * n) index += Number.isNaN(dx) ? 0 : dx
    else if (!Number.isNaN(dx)) index = (index * (n - 1) + dx) / n
    if (i < 2 * n - 1) continue
    if (i === 2 * n - 1) index /= n
    out[i] = index
  }
  return out
}

/**
 * Streaming form of {@link adx}: the same values bit for bit; a bar without a price gives NaN and starts over.
 * @example bars.map(adxStream(14))
 */
export function adxStream(n = 14): (bar: Bar) => number {
  let count = 0
  let previous: Bar | undefined
  let plus = 0
  let minus = 0
  let range = 0
  let index = 0
  return (bar) => {
    const before = previous
    previous = Number.isNaN(bar.high + bar.low + bar.close) ? undefined : bar
    if (before === undefined || previous === undefined) {
      count = plus = minus = range = index = 0
      return NaN
    }
    count++
    const up = bar.high - before.high
    const down = before.low - bar.low
    if (count >= n) {
      plus -= plus / n
      minus -= minus / n
      range -= range / n
    }
    plus += up > 0 && up > down ? up : 0
    minus += down > 0 && up < down ? down : 0
    range += trueRange(bar.high, bar.low, before.close)
    if (count < n) return NaN
    const dx = directionalIndex(plus, minus, range)
    if (count < 2 * n) index += Number.isNaN(dx) ? 0 : dx
    else if (!Number.isNaN(dx)) index = (index * (n - 1) + dx) / n
    if (count < 2 * n - 1) return NaN
    if (count === 2 * n - 1) index /= n
    return index
  }
}

/** Registry entry `adx(14)`. */
export const adxMetric: Metric = candleMetric({
  id: 'adx',
  title: 'Average directional index (Wilder)',
  params: [{ name: 'n', kind: 'count', default: 14 }],
  outputs: single('index'),
  fields: ['high', 'low', 'close'],
  kernel: (candles, params) => ({ value: adx(candles, numberParam(params, 'n')) }),
  stream: (params) => {
    const next = adxStream(numberParam(params, 'n'))
    return (bar) => ({ value: next(bar) })
  },
})

/** How unequal the two directions are, 0 to 100; NaN where there was no range or no direction. */
function directionalIndex(plus: number, minus: number, range: number): number {
  if (range === 0) return NaN
  const plusShare = 100 * (plus / range)
  const minusShare = 100 * (minus / range)
  const both = minusShare + plusShare
  return both === 0 ? NaN : 100 * (Math.abs(minusShare - plusShare) / both)
}
