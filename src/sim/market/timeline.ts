import { DAY_MS, parseInstant, type InstantMs } from '../../core/instant.ts'

export const HOURS_A_DAY = 24

/**
 * Steps of the underlying path: a close stands on a whole hour and an extreme on a half hour, so that a day's extreme
 * never takes the place of an hour's open or close.
 */
export const STEPS_AN_HOUR = 2
export const STEPS_A_DAY = HOURS_A_DAY * STEPS_AN_HOUR

/** The days of a simulation. Step s runs from node s to node s + 1; node 0 is 00:00Z of the first day. */
export interface Timeline {
  readonly start: InstantMs
  readonly days: number
  readonly hours: number
  readonly steps: number
}

/**
 * The timeline from one UTC day to another, both inclusive.
 * @param from - date, `2024-06-01`
 * @param to - date, not before `from`
 * @example timelineOf('2025-04-07', '2025-04-08').hours // 48
 */
export function timelineOf(from: string, to: string): Timeline {
  const start = parseInstant(from)
  const days = (parseInstant(to) - start) / DAY_MS + 1
  return { start, days, hours: days * HOURS_A_DAY, steps: days * STEPS_A_DAY }
}

/**
 * Day number of a date, 0 for the first; negative or too large outside the timeline.
 * @example dayIndex(timelineOf('2025-04-07', '2025-04-08'), '2025-04-08') // 1
 */
export const dayIndex = (timeline: Timeline, date: string): number => (parseInstant(date) - timeline.start) / DAY_MS

/**
 * Day of the week of day d: 0 is Sunday.
 * @example dayOfWeek(timelineOf('2025-04-07', '2025-04-07'), 0) // 1
 */
export function dayOfWeek(timeline: Timeline, d: number): number {
  return (timeline.start / DAY_MS + d + THURSDAY) % 7
}

/** 1970-01-01 was a Thursday. */
const THURSDAY = 4
