import { barAt, gaps, type Candles } from '../../core/candles.ts'
import type { Frame } from '../../core/frame.ts'
import { candleMetric, candlesOf } from '../candleMetric.ts'
import type { Metric, Values } from '../metric.ts'
import { levelTracker, type Level } from './levelTracker.ts'

/**
 * The levels as they stand at the close of a bar.
 * @param candles - columns on one grid, oldest first; a gap starts over, as if nothing had been before it
 * @param i - index of the bar; the last unless said
 * @returns lowest price first, each with its pivots and weight; none where bar `i` is a gap, lies outside, or too little precedes it
 * @see levelTracker - the definition
 * @example levelsAt(candles).map((level) => level.price) // [1549.8, 1667.3, 1757.1, 1846.9]
 */
export function levelsAt(candles: Candles, i = candles.length - 1): readonly Level[] {
  let first = i + 1
  while (first > 0 && !isGap(candles, first - 1)) first--
  const tracker = levelTracker()
  for (let k = first; k <= i; k++) tracker.step(barAt(candles, k))
  return tracker.levels()
}

/**
 * The levels as of the last bar of a frame.
 * @throws {MissingCandlesError} the frame has no candles
 * @see levelsAt
 * @example levelList(frame).length // 12
 */
export const levelList = (frame: Frame): readonly Level[] => levelsAt(candlesOf(frame))

/**
 * Registry entry `levels` with `.nearest_above` (the lowest level above the close), `.nearest_below` (the highest at or below it), both
 * in the unit of the price and NaN where there is none, and `.count`, NaN until the first clustering. Each bar shows the levels known
 * at its close. A gap starts over.
 */
export const levelsMetric: Metric = candleMetric({
  id: 'levels',
  title: 'Price levels from clustered pivots',
  params: [],
  outputs: [
    { name: 'nearest_above', unit: 'quote' },
    { name: 'nearest_below', unit: 'quote' },
    { name: 'count', unit: 'count' },
  ],
  fields: ['high', 'low', 'close'],
  kernel: (run) => {
    const nearest_above = gaps(run.length)
    const nearest_below = gaps(run.length)
    const count = gaps(run.length)
    const tracker = levelTracker()
    for (let i = 0; i < run.length; i++) {
      tracker.step(barAt(run, i))
      const close = run.close[i] as number
      const levels = tracker.levels()
      nearest_above[i] = nearestAbove(levels, close)
      nearest_below[i] = nearestBelow(levels, close)
      count[i] = Number.isNaN(tracker.bandwidth()) ? NaN : levels.length
    }
    return { nearest_above, nearest_below, count }
  },
  stream: () => {
    let tracker = levelTracker()
    return (bar): Values => {
      if (Number.isNaN(bar.high + bar.low + bar.close)) {
        tracker = levelTracker()
        return NONE
      }
      tracker.step(bar)
      const levels = tracker.levels()
      return {
        nearest_above: nearestAbove(levels, bar.close),
        nearest_below: nearestBelow(levels, bar.close),
        count: Number.isNaN(tracker.bandwidth()) ? NaN : levels.length,
      }
    }
  },
})

const NONE: Values = { nearest_above: NaN, nearest_below: NaN, count: NaN }

const isGap = (candles: Candles, i: number): boolean =>
  Number.isNaN((candles.high[i] as number) + (candles.low[i] as number) + (candles.close[i] as number))

function nearestAbove(levels: readonly Level[], close: number): number {
  for (let i = 0; i < levels.length; i++) {
    const { price } = levels[i] as Level
    if (price > close) return price
  }
  return NaN
}

function nearestBelow(levels: readonly Level[], close: number): number {
  for (let i = levels.length - 1; i >= 0; i--) {
    const { price } = levels[i] as Level
    if (price <= close) return price
  }
  return NaN
}
