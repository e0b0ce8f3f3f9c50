import { DAY_MS } from '../../../core/instant.ts'

const MINUTE = 60_000
const WEEK = 7 * DAY_MS
/** The first Monday of the era: the epoch was a Thursday. */
const FIRST_MONDAY = 4 * DAY_MS

/** How bars of one name follow each other. */
export interface Interval {
  /** The longest that a bar can be, ms. */
  readonly longestMs: number
  /** When the bar that holds an instant opens. */
  readonly opens: (ms: number) => number
  /** When the bar after the one that opens then opens. */
  readonly next: (at: number) => number
}

/** The intervals of candles by the venue's names: minutes, or a day, a week from Monday on, a month of the calendar. */
export const INTERVALS: Readonly<Record<string, Interval>> = {
  ...Object.fromEntries(
    [1, 3, 5, 15, 30, 60, 120, 240, 360, 720].map((minutes) => [String(minutes), every(minutes * MINUTE)]),
  ),
  D: every(DAY_MS),
  W: every(WEEK, FIRST_MONDAY),
  M: { longestMs: 31 * DAY_MS, opens: (ms) => monthOf(ms), next: (at) => monthOf(at, 1) },
}

function every(stepMs: number, first = 0): Interval {
  return {
    longestMs: stepMs,
    opens: (ms) => Math.floor((ms - first) / stepMs) * stepMs + first,
    next: (at) => at + stepMs,
  }
}

function monthOf(ms: number, later = 0): number {
  const date = new Date(ms)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later)
}
