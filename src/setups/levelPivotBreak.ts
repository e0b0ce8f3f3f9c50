import type { Pivot } from '../metrics/structure/pivots.ts'
import { closeOf, type Direction } from './direction.ts'
import { AWAY_ATR, BREAK_ATR } from './levelTest.ts'
import type { Bars } from './setup.ts'

/** The last confirmed pivot of one kind, until a close goes beyond it. */
export interface PivotWatch {
  readonly pivot: Pivot
  /** Whether a close since the pivot has lain at least 1 ATR away from it. */
  isArmed: boolean
}

/** Breaks lead up through a pivot high, down through a pivot low. */
export const directionOf = (pivot: Pivot): Direction => (pivot.kind === 'high' ? 1 : -1)

/**
 * Begins to watch a pivot at the bar that confirms it; the closes since the pivot may have armed it already, in the ATR of this bar.
 * @example watchPivot({ kind: 'high', bar: 5, knownBar: 10, value: 100 }, bars, 10, 2).isArmed // true
 */
export function watchPivot(pivot: Pivot, bars: Bars, i: number, atr: number): PivotWatch {
  let isArmed = false
  for (let k = i - (pivot.knownBar - pivot.bar); k <= i; k++) isArmed ||= isAway(pivot, bars, k, atr)
  return { pivot, isArmed }
}

/**
 * Follows a watched pivot over bar `i`: broken by a close more than 0.25 ATR beyond it, where a close at least 1 ATR away came
 * before; passed by one without that. Either ends the watch.
 * @param watch - armed in place
 * @returns what the bar did; undefined while the pivot stands
 * @example stepPivotWatch(watch, bars, i, atr) // 'broken'
 */
export function stepPivotWatch(watch: PivotWatch, bars: Bars, i: number, atr: number): 'broken' | 'passed' | undefined {
  const { pivot } = watch
  const direction = directionOf(pivot)
  const beyond = closeOf(bars, i, direction) - direction * pivot.value
  if (beyond > BREAK_ATR * atr) return watch.isArmed ? 'broken' : 'passed'
  watch.isArmed ||= -beyond >= AWAY_ATR * atr
  return undefined
}

const isAway = (pivot: Pivot, bars: Bars, i: number, atr: number): boolean => {
  const direction = directionOf(pivot)
  return direction * pivot.value - closeOf(bars, i, direction) >= AWAY_ATR * atr
}
