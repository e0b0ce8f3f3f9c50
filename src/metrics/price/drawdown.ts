import { gaps } from '../../core/candles.ts'
import { DAY_MS } from '../../core/instant.ts'
import { textParam } from '../../core/params.ts'
import { candlesOf } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'
import { firstBarOn } from '../window.ts'
import type { Prices } from './atr.ts'

/** The three measures of a fall; of one bar in the streaming form. */
export interface Drawdown<T> {
  /** Percent, 0 or below: the deepest fall so far from a high to the low of a later bar. */
  readonly value: T
  /** Percent, 0 or below: from the highest high so far to this close. */
  readonly current: T
  /** Bars from the high to the low of the deepest fall. */
  readonly bars: T
}

/** One bar of {@link drawdownStream}. */
export interface RangeBar {
  readonly high: number
  readonly low: number
  readonly close: number
}

/**
 * Drawdown: the deepest fall from a high to the low of a later bar, running up to each bar. High and low of one bar are never
 * paired, since their order within it is not known. Gaps are skipped, not carried.
 * @param prices - high, low and close of one length, oldest first; NaN is a gap
 * @param from - index of the first bar looked at; bars before it are gaps
 * @returns three columns; NaN before `from` and on bars without a price; 0 on the first bar
 * @example drawdown({ high: Float64Array.of(10, 8), low: Float64Array.of(9, 5), close: Float64Array.of(9, 6) }).value // [0, -50]
 */
export function drawdown({ high, low, close }: Prices, from = 0): Drawdown<Float64Array> {
  const { length } = close
  const value = gaps(length)
  const current = gaps(length)
  const bars = gaps(length)
  let peak = -Infinity
  let peakAt = from
  let deepest = 0
  let span = 0
  for (let i = from; i < length; i++) {
    const top = high[i] as number
    const bottom = low[i] as number
    const price = close[i] as number
    if (Number.isNaN(top + bottom + price)) continue
    const fall = (100 * (bottom - peak)) / peak
    if (fall < deepest) {
      deepest = fall
      span = i - peakAt
    }
    if (top >= peak) {
      peak = top
      peakAt = i
    }
    value[i] = deepest
    current[i] = (100 * (price - peak)) / peak
    bars[i] = span
  }
  return { value, current, bars }
}

/**
 * Streaming form of {@link drawdown}: the same values bit for bit; a bar without a price gives NaN and is skipped.
 * @example bars.map(drawdownStream()).at(-1).value // -66.28
 */
export function drawdownStream(): (bar: RangeBar) => Drawdown<number> {
  let at = -1
  let peak = -Infinity
  let peakAt = 0
  let deepest = 0
  let bars = 0
  return ({ high, low, close }) => {
    at++
    if (Number.isNaN(high + low + close)) return NONE
    const fall = (100 * (low - peak)) / peak
    if (fall < deepest) {
      deepest = fall
      bars = at - peakAt
    }
    if (high >= peak) {
      peak = high
      peakAt = at
    }
    return { value: deepest, current: (100 * (close - peak)) / peak, bars }
  }
}

const NONE: Drawdown<number> = { value: NaN, current: NaN, bars: NaN }

/** Registry entry `drawdown(from)` with `.value`, `.current` and `.days` (from the high to the low of the deepest fall). */
export const drawdownMetric: Metric = {
  id: 'drawdown',
  title: 'Drawdown',
  params: [{ name: 'from', kind: 'date' }],
  outputs: [
    { name: 'value', unit: 'pct' },
    { name: 'current', unit: 'pct' },
    { name: 'days', unit: 'days' },
  ],
  needs: () => [{ kind: 'candles' }],
  compute: (frame, params) => {
    const candles = candlesOf(frame)
    const { value, current, bars } = drawdown(candles, firstBarOn(candles, textParam(params, 'from')))
    return { value, current, days: bars.map((count) => (count * candles.step) / DAY_MS) }
  },
}
