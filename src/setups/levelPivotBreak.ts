import type { Pivot } from '../metrics/structure/pivots.ts'
import { closeOf, type Direction } from './direction.ts'
import { AWAY_ATR, BREAK_ATR } from './levelTest.ts'
import type { Bars } from './setup.ts'

/** The last confirmed pivot of one kind, until a close goes beyond it. */
export interface PivotWatch {
  readonly pivot: Pivot
  /** Whether a close since the pivot has lain at least 1 ATR away from it. */
  readonly isArmed: boolean
}

/** What a bar makes of a watched pivot. */
export interface PivotStep {
  /** The watch after the bar; undefined once a close went beyond the pivot. */
  readonly watch: PivotWatch | undefined
  readonly isBroken: boolean
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
 * Follows a watched pivot over bar `i`: broken by a close more than 0.25 ATR beyond it, where a close at least 1 ATR away
 * came before. A pivot passed without that is not broken, and no longer watched either.
 * @example stepPivotWatch(watch, bars, i, atr).isBroken // true
 */
export function stepPivotWatch(watch: PivotWatch, bars: Bars, i: number, atr: number): PivotStep {
  const { pivot, isArmed } = watch
  const direction = directionOf(pivot)
  const beyond = closeOf(bars, i, direction) - direction * pivot.value
  if (beyond > BREAK_ATR * atr) return { watch: undefined, isBroken: isArmed }
  if (isArmed || !isAway(pivot, bars, i, atr)) return { watch, isBroken: false }
  return { watch: { pivot, isArmed: true }, isBroken: false }
}

const isAway = (pivot: Pivot, bars: Bars, i: number, atr: number): boolean => {
  const direction = directionOf(pivot)
  return direction * pivot.value - closeOf(bars, i, direction) >= AWAY_ATR * atr
}
