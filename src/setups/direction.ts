import type { Bars, Side } from './setup.ts'

/**
 * Which way up a rule reads prices: 1 as they are, -1 turned over, so that a low becomes a high and one rule serves both sides.
 * Turning over only changes the sign, so both sides are exact mirrors.
 */
export type Direction = 1 | -1

/** Low of bar `i`, or its turned-over high. */
export const lowOf = (bars: Bars, i: number, direction: Direction): number =>
  direction === 1 ? (bars.low[i] as number) : -(bars.high[i] as number)

/** High of bar `i`, or its turned-over low. */
export const highOf = (bars: Bars, i: number, direction: Direction): number =>
  direction === 1 ? (bars.high[i] as number) : -(bars.low[i] as number)

/** Close of bar `i`, or its opposite. */
export const closeOf = (bars: Bars, i: number, direction: Direction): number => direction * (bars.close[i] as number)

/** The side that a rule leans to in this direction. */
export const sideOf = (direction: Direction): Side => (direction === 1 ? 'long' : 'short')
