import { DeskError } from './errors.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type InstantMs } from './instant.ts'

/** A candle's length as the field writes it: `5m`, `4h`, `1d`. */
export type Interval = `${number}${'s' | 'm' | 'h' | 'd'}`

const UNIT_MS = { s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS } as const

/**
 * Length of an interval in milliseconds.
 * @example intervalMs('4h') // 14400000
 */
export function intervalMs(interval: Interval): number {
  return Number(interval.slice(0, -1)) * UNIT_MS[interval.slice(-1) as keyof typeof UNIT_MS]
}

/**
 * Reads an interval; lower-case units only, since `1M` means a month to some venues.
 * @throws {BadIntervalError} not a positive whole number followed by s, m, h or d
 * @example parseInterval('60m') // '1h'
 */
export function parseInterval(text: string): Interval {
  if (!/^[1-9]\d{0,4}[smhd]$/.test(text)) throw new BadIntervalError(text)
  return intervalOfMs(intervalMs(text as Interval))
}

/**
 * The shortest spelling of a length in milliseconds.
 * @throws {BadIntervalError} not a positive whole number of seconds
 * @example intervalOfMs(14400000) // '4h'
 */
export function intervalOfMs(ms: number): Interval {
  for (const [unit, unitMs] of [
    ['d', DAY_MS],
    ['h', HOUR_MS],
    ['m', MINUTE_MS],
    ['s', SECOND_MS],
  ] as const) {
    if (ms >= unitMs && ms % unitMs === 0) return `${ms / unitMs}${unit}`
  }
  throw new BadIntervalError(`${ms} ms`)
}

/** The open time of the bar of this length that holds `at`; bars are counted from 1970-01-01T00:00Z. */
export const barOpen = (at: InstantMs, stepMs: number): InstantMs => (Math.floor(at / stepMs) * stepMs) as InstantMs

export class BadIntervalError extends DeskError {
  constructor(text: string) {
    super('BAD_INTERVAL', `"${text}" is not an interval`, { hint: 'write a number and s, m, h or d: 5m, 4h, 1d' })
  }
}
