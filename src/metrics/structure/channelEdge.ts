import { edgePivots, type EdgePivots } from './channelFit.ts'
import { pivotFinder, type PivotKind } from './pivots.ts'

/** Bars on either side of the pivot that starts a channel. */
export const START_BARS = 30
/** Bars on either side of those that its edges run through. */
const EDGE_BARS = 5

/** The pivots of one side that a channel's edges can run through. */
export interface EdgeTracker {
  readonly pivots: EdgePivots
  /** Takes bar `i`; true where that confirms a pivot of this side. */
  readonly step: (i: number, value: number, tolerance: number) => boolean
  /** True where the last bar confirmed a pivot that starts a channel. */
  readonly starts: () => boolean
  readonly dropBefore: (bar: number) => void
  /** Bar of the oldest pivot held, Infinity for none. */
  readonly oldest: () => number
}

/**
 * Collects the confirmed pivots of one side, bar by bar.
 * @param kind - highs for the upper edge, lows for the lower
 * @param most - pivots held; the oldest gives way
 * @returns a tracker without pivots
 * @example edgeTracker('high', 16).oldest() // Infinity
 */
export function edgeTracker(kind: PivotKind, most: number): EdgeTracker {
  const pivots = edgePivots(most)
  const find = pivotFinder(EDGE_BARS, EDGE_BARS)
  const findStart = pivotFinder(START_BARS, START_BARS)
  const values = new Float64Array(8)
  const tolerances = new Float64Array(8)
  let isStart = false

  const drop = (count: number): void => {
    for (const column of [pivots.bar, pivots.logPrice, pivots.tolerance]) column.copyWithin(0, count, pivots.count)
    pivots.count -= count
  }

  const step = (i: number, value: number, tolerance: number): boolean => {
    values[i & 7] = value
    tolerances[i & 7] = tolerance
    isStart = findStart(value) === kind
    if (find(value) !== kind) return false
    if (pivots.count === most) drop(1)
    const slot = pivots.count++
    const pivot = (i - EDGE_BARS) & 7
    pivots.bar[slot] = i - EDGE_BARS
    pivots.logPrice[slot] = Math.log(values[pivot] as number)
    pivots.tolerance[slot] = tolerances[pivot] as number
    return true
  }

  const dropBefore = (bar: number): void => {
    let count = 0
    while (count < pivots.count && (pivots.bar[count] as number) < bar) count++
    if (count > 0) drop(count)
  }

  const oldest = (): number => (pivots.count === 0 ? Infinity : (pivots.bar[0] as number))
  return { pivots, step, starts: () => isStart, dropBefore, oldest }
}
