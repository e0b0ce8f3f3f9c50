import { DeskError } from './errors.ts'

declare const instantBrand: unique symbol

/** Milliseconds since 1970-01-01T00:00:00Z. Dates exist only as text at the edges. */
export type InstantMs = number & { readonly [instantBrand]: true }

export const SECOND_MS = 1_000
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** Marks a number of milliseconds as an instant. */
export const instant = (ms: number): InstantMs => ms as InstantMs

/** `base` moved by `ms` milliseconds. */
export const plusMs = (base: InstantMs, ms: number): InstantMs => (base + ms) as InstantMs

/** 00:00Z of the UTC day that holds `at`. */
export const startOfDay = (at: InstantMs): InstantMs => (Math.floor(at / DAY_MS) * DAY_MS) as InstantMs

const PATTERN =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2})(?::?(\d{2}))?(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|UTC|[+-](?:0\d|1[0-4]):?[0-5]\d)?)?$/

/**
 * Reads an ISO 8601 instant or date; a time without a zone is UTC, a date is its 00:00Z.
 * @throws {BadInstantError} the text is not an instant, or names a day that does not exist
 * @example parseInstant('2025-04-08') // 1744070400000
 */
export function parseInstant(text: string): InstantMs {
  const match = PATTERN.exec(text.trim())
  if (match === null) throw new BadInstantError(text)
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) throw new BadInstantError(text)
  if (hour > 24 || minute > 59 || second > 59 || (hour === 24 && minute + second > 0)) throw new BadInstantError(text)
  const fraction = Math.floor(Number(`0.${match[7] ?? '0'}`) * SECOND_MS + 1e-6)
  const clock = hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS + fraction
  return instant(daysFromCivil(year, month, day) * DAY_MS + clock - zoneOffsetMs(match[8]))
}

/** True where the text is a bare date such as `2025-04-08`. */
export const isDateText = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text.trim())

/**
 * The instant an as-of text means: a date means that day's end, 24:00Z; an instant is taken as it is.
 * @example formatInstant(parseAsOf('2025-04-22')) // '2025-04-23T00:00:00Z'
 */
export function parseAsOf(text: string): InstantMs {
  const at = parseInstant(text)
  return isDateText(text) ? plusMs(at, DAY_MS) : at
}

/**
 * ISO 8601 in UTC; milliseconds only where there are any.
 * @example formatInstant(instant(1744070400000)) // '2025-04-08T00:00:00Z'
 */
export function formatInstant(at: InstantMs): string {
  const { year, month, day, hour, minute, second, ms } = civil(at)
  const fraction = ms === 0 ? '' : `.${String(ms).padStart(3, '0')}`
  return `${sayDate(year, month, day)}T${pad2(hour)}:${pad2(minute)}:${pad2(second)}${fraction}Z`
}

/** The UTC date of an instant, `2025-04-08`. */
export function formatDay(at: InstantMs): string {
  const { year, month, day } = civilFromDays(Math.floor(at / DAY_MS))
  return sayDate(year, month, day)
}

const sayDate = (year: number, month: number, day: number): string =>
  `${String(year).padStart(4, '0')}-${pad2(month)}-${pad2(day)}`

export interface Civil {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly ms: number
}

/** Calendar parts of an instant in UTC (proleptic Gregorian). */
export function civil(at: InstantMs): Civil {
  const days = Math.floor(at / DAY_MS)
  const rest = at - days * DAY_MS
  const { year, month, day } = civilFromDays(days)
  return {
    year,
    month,
    day,
    hour: Math.floor(rest / HOUR_MS),
    minute: Math.floor((rest % HOUR_MS) / MINUTE_MS),
    second: Math.floor((rest % MINUTE_MS) / SECOND_MS),
    ms: Math.floor(rest % SECOND_MS),
  }
}

/** Days since 1970-01-01 of a calendar date. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

function civilFromDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return { year, month, day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1 }
}

function daysInMonth(year: number, month: number): number {
  const next = month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1)
  return next - daysFromCivil(year, month, 1)
}

function zoneOffsetMs(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'UTC') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return (zone.startsWith('-') ? -1 : 1) * minutes * MINUTE_MS
}

const pad2 = (value: number): string => String(value).padStart(2, '0')

export class BadInstantError extends DeskError {
  constructor(text: string) {
    super('BAD_INSTANT', `"${text}" is not a date or an instant`, {
      hint: 'write 2025-04-08 or 2025-04-08T16:00Z (UTC)',
    })
  }
}
