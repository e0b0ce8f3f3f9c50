import type { Grid } from '../core/candles.ts'
import { DeskError } from '../core/errors.ts'
import { parseInstant } from '../core/instant.ts'
import { intervalMs, intervalOfMs, parseInterval } from '../core/interval.ts'

/**
 * How many bars a window of time spans.
 * @param window - a duration such as `24h`
 * @param step - milliseconds from one bar to the next
 * @returns a whole number from 1
 * @throws {BadIntervalError} the window is not a duration
 * @throws {BadWindowError} the window is not a whole number of bars
 * @example windowBars('24h', 14_400_000) // 6
 */
export function windowBars(window: string, step: number): number {
  const bars = intervalMs(parseInterval(window)) / step
  if (!Number.isInteger(bars)) throw new BadWindowError(window, step)
  return bars
}

/**
 * Index of the first bar that opens on a date or later.
 * @param date - `2025-04-01`, its 00:00Z
 * @returns 0 where the grid starts later; the grid's length or more where it ends earlier
 * @throws {BadInstantError} not a date
 * @example firstBarOn({ start: instant(0), step: DAY_MS, length: 9 }, '1970-01-03') // 2
 */
export const firstBarOn = (grid: Grid, date: string): number =>
  Math.max(0, Math.ceil((parseInstant(date) - grid.start) / grid.step))

export class BadWindowError extends DeskError {
  constructor(window: string, step: number) {
    super('BAD_WINDOW', `"${window}" is not a whole number of ${intervalOfMs(step)} bars`, {
      hint: 'take a longer window or a shorter interval',
    })
  }
}
