import { HOUR_MS, MINUTE_MS, SECOND_MS, parseInstant } from '../../core/instant.ts'

/** How a file writes its times: ISO 8601 text, or seconds, milliseconds, microseconds or nanoseconds since 1970. */
export type TimeUnit = 'text' | 's' | 'ms' | 'us' | 'ns'

/** Reads the times of one column of one file; the first time that can be read decides the unit of all. */
export interface TimeReader {
  /** Milliseconds since 1970, finer parts cut; NaN where the text is no time, or is one of another unit. */
  readonly read: (text: string) => number
  /** The unit, once a time was read. */
  readonly unit: () => TimeUnit | undefined
}

/** Digits before the point that a time between 1973 and 2286 has. */
const DIGITS = { s: [9, 10], ms: [12, 13], us: [15, 16], ns: [18, 19] } as const
const NUMERIC = /^(\d+)(?:\.(\d+))?$/

export function timeReader(): TimeReader {
  let unit: TimeUnit | undefined
  const readText = textReader()
  const read = (text: string): number => {
    unit ??= unitOf(text)
    if (unit === undefined) return NaN
    return unit === 'text' ? readText(text) : readCount(text, unit)
  }
  return { read, unit: () => unit }
}

/**
 * The unit that one time is written in, by its number of digits.
 * @returns undefined where it is no time
 * @example unitOf('1735689600000000') // 'us'
 */
export function unitOf(text: string): TimeUnit | undefined {
  const digits = NUMERIC.exec(text)?.[1]?.length
  if (digits === undefined) return Number.isNaN(parseOrNaN(text)) ? undefined : 'text'
  return (['s', 'ms', 'us', 'ns'] as const).find((unit) => DIGITS[unit].includes(digits as never))
}

/** Whole milliseconds by digits, not by division: exact for every fraction. */
function readCount(text: string, unit: Exclude<TimeUnit, 'text'>): number {
  const [, whole = '', fraction = ''] = NUMERIC.exec(text) ?? []
  const [fewest, most] = DIGITS[unit]
  if (whole.length < fewest || whole.length > most) return NaN
  switch (unit) {
    case 's':
      return Number(whole) * SECOND_MS + Number(fraction.slice(0, 3).padEnd(3, '0'))
    case 'ms':
      return Number(whole)
    case 'us':
      return Number(whole.slice(0, -3))
    case 'ns':
      return Number(whole.slice(0, -6))
  }
}

/** ISO texts, remembering the last day: most rows share it with the row before. */
function textReader(): (text: string) => number {
  let day = ''
  let dayMs = NaN
  return (text) => {
    const clock = clockMs(text)
    if (Number.isNaN(clock)) return parseOrNaN(text)
    if (!text.startsWith(day) || day === '') {
      day = text.slice(0, 10)
      dayMs = parseOrNaN(day)
    }
    return dayMs + clock
  }
}

/** Milliseconds into the day of `….-..-..`, `…T12:34:56` and `…T12:34:56Z`; NaN for every other form. */
function clockMs(text: string): number {
  if (text.length === 10) return 0
  if (text.length !== 19 && !(text.length === 20 && text.endsWith('Z'))) return NaN
  const mark = text.charCodeAt(10)
  if ((mark !== 84 && mark !== 32) || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return NaN
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  const second = twoDigits(text, 17)
  if (!(hour < 24 && minute < 60 && second < 60)) return NaN
  return hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN
}

function parseOrNaN(text: string): number {
  try {
    return parseInstant(text)
  } catch {
    return NaN
  }
}
