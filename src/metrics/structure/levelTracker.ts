import type { Bar } from '../../core/candles.ts'
import { atrStream } from '../price/atr.ts'
import { peakFinder, type Peak } from './levelDensity.ts'
import { pivotFinder, type Pivot, type PivotKind } from './pivots.ts'
import { pivotQueue } from './levelPivots.ts'

/** Bars on either side of a pivot. */
const PIVOT_BARS = 5
/** Bars whose pivots are clustered, counted back from the current one. */
const WINDOW_BARS = 360
/** Bars in which the weight of a pivot halves. */
const HALF_LIFE = 180
/** Bars before the one at which every pivot of the window is known. */
export const LEVEL_BARS = WINDOW_BARS - 1 + PIVOT_BARS
/** Bandwidth of the kernel in ATR. */
const BANDWIDTH_ATR = 0.5
/** Pivots that a level needs within one bandwidth. */
const LEAST_PIVOTS = 2

/** A price near which several pivots stand. */
export interface Level {
  /** In the quote unit: the maximum of the density. */
  readonly price: number
  readonly logPrice: number
  /** Pivots within one bandwidth of it. */
  readonly pivots: number
  /** Density there when it was found: how many fresh pivots exactly on it would weigh as much. */
  readonly weight: number
  /** Which pivots those are. */
  readonly kind: PivotKind | 'both'
}

/** Levels as they stand after the bars fed so far. */
export interface LevelTracker {
  /** Takes the next closed bar, without gaps. */
  readonly step: (bar: Bar) => void
  /** ATR(14) of the last bar, NaN in its warm-up. */
  readonly atr: () => number
  /** Lowest price first. The same array until the next clustering, which gives a new one. */
  readonly levels: () => readonly Level[]
  /** Bandwidth of the last clustering, in log price; NaN before the first. */
  readonly bandwidth: () => number
  /** The last confirmed pivot of a kind; bars count from 0 at the first one fed. */
  readonly lastPivot: (kind: PivotKind) => Pivot | undefined
}

/**
 * Price levels, bar by bar: pivot highs and lows (5, 5) of the last 360 bars, clustered in log price with a Gaussian kernel of
 * bandwidth 0.5 x ATR(14) / close, each weighted by its age (half-life 180 bars). A level is a local maximum of that density
 * with at least 2 pivots within one bandwidth. Clustered again only when a pivot is confirmed or leaves, the bandwidth kept until then.
 * @returns a tracker without bars; no levels before 2 pivots and a defined ATR
 * @see methods: structure, levels
 * @example const tracker = levelTracker(); bars.forEach(tracker.step); tracker.levels()[0].price // 1549.8
 */
export function levelTracker(): LevelTracker {
  const average = atrStream(14)
  const find = {
    high: pivotFinder(PIVOT_BARS, PIVOT_BARS),
    low: pivotFinder(PIVOT_BARS, PIVOT_BARS),
  }
  const queue = pivotQueue(WINDOW_BARS, HALF_LIFE)
  const peaks = peakFinder(queue.most, LEAST_PIVOTS)
  const highs = lagged()
  const lows = lagged()
  let lastHigh: Pivot | undefined
  let lastLow: Pivot | undefined
  let levels: readonly Level[] = []
  let atr = NaN
  let bandwidth = NaN
  let i = -1

  const pivotAt = (kind: PivotKind, value: number): Pivot => ({ kind, bar: i - PIVOT_BARS, knownBar: i, value })

  /** Takes the pivots that bar `i` confirms; true where there is one. */
  const confirm = ({ high, low }: Bar): boolean => {
    const highBefore = highs(i, high)
    const lowBefore = lows(i, low)
    const isHigh = find.high(high) === 'high'
    const isLow = find.low(low) === 'low'
    if (isHigh) queue.add((lastHigh = pivotAt('high', highBefore)))
    if (isLow) queue.add((lastLow = pivotAt('low', lowBefore)))
    return isHigh || isLow
  }

  const step = (bar: Bar): void => {
    i++
    atr = average(bar)
    const confirmed = confirm(bar)
    const left = queue.dropBefore(i - WINDOW_BARS + 1)
    if (!confirmed && !left) return
    bandwidth = (BANDWIDTH_ATR * atr) / bar.close
    levels = peaks(queue.weighted(i), bandwidth).map((peak) => levelOf(peak, queue.kindOf(peak.from, peak.to)))
  }

  return {
    step,
    atr: () => atr,
    levels: () => levels,
    bandwidth: () => bandwidth,
    lastPivot: (kind) => (kind === 'high' ? lastHigh : lastLow),
  }
}

const levelOf = ({ logPrice, density, from, to }: Peak, kind: Level['kind']): Level => ({
  price: Math.exp(logPrice),
  logPrice,
  pivots: to - from,
  weight: density,
  kind,
})

/** Takes the value of bar `i`, tells that of the bar which it can confirm as a pivot; NaN where there is none yet. */
function lagged(): (i: number, value: number) => number {
  const values = new Float64Array(8).fill(NaN)
  return (i, value) => {
    values[i & 7] = value
    return values[(i - PIVOT_BARS) & 7] as number
  }
}
