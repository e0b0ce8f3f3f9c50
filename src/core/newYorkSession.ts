import { civil, DAY_MS, daysFromCivil, HOUR_MS, instant, type InstantMs } from './instant.ts'

/** Trading hours of one day at the New York Stock Exchange. */
export interface NewYorkSession {
  readonly open: InstantMs
  readonly close: InstantMs
  /** Closed at 13:00 instead of 16:00. */
  readonly isHalfDay: boolean
}

/** The years of which the table is right: before, other days were free, and later ones are not published. */
export const SESSION_YEARS = { first: 2010, last: 2027 } as const

const SUNDAY = 0
const MONDAY = 1
const THURSDAY = 4
const SATURDAY = 6

/** Days on which the exchange stayed shut beside its holidays: the storm of 2012, and days of mourning for two presidents. */
const SHUT = new Set(['2012-10-29', '2012-10-30', '2018-12-05', '2025-01-09'].map(dayOf))

/**
 * The session of a day: 09:30 to 16:00 in New York, to 13:00 on half days.
 * @param day - 00:00Z of the date, or any instant of it
 * @returns undefined on weekends, holidays and other days without trading, and for years outside {@link SESSION_YEARS}
 * @example formatInstant(newYorkSession(parseInstant('2025-04-22'))!.close) // '2025-04-22T20:00:00Z'
 */
export function newYorkSession(day: InstantMs): NewYorkSession | undefined {
  const number = Math.floor(day / DAY_MS)
  const { year } = civil(day)
  if (year < SESSION_YEARS.first || year > SESSION_YEARS.last) return undefined
  const weekday = weekdayOf(number)
  if (weekday === SUNDAY || weekday === SATURDAY || SHUT.has(number) || holidaysOf(year).has(number)) return undefined
  const isHalfDay = isHalf(number, year)
  const midnight = number * DAY_MS + newYorkBehindMs(number)
  return {
    open: instant(midnight + 9.5 * HOUR_MS),
    close: instant(midnight + (isHalfDay ? 13 : 16) * HOUR_MS),
    isHalfDay,
  }
}

/** Since when summer time is as long as the rule here has it. */
const RULE_YEAR = 2007

/**
 * An hour of New York's clock on a day. Before 2007, when summer time was shorter, winter's hour is given: never too early.
 * @param day - 00:00Z of the date, or any instant of it
 * @param hours - since midnight there: 9.5 for half past nine
 * @example formatInstant(newYorkClock(parseInstant('2025-04-22'), 9)) // '2025-04-22T13:00:00Z'
 */
export function newYorkClock(day: InstantMs, hours: number): InstantMs {
  const number = Math.floor(day / DAY_MS)
  const behind = civil(day).year < RULE_YEAR ? 5 * HOUR_MS : newYorkBehindMs(number)
  return instant(number * DAY_MS + behind + hours * HOUR_MS)
}

/**
 * The date that it is in New York, as its 00:00Z.
 * @example formatDay(newYorkDay(parseInstant('2025-04-23T03:00Z'))) // '2025-04-22'
 */
export function newYorkDay(at: InstantMs): InstantMs {
  const day = Math.floor(at / DAY_MS) * DAY_MS
  return instant(at < newYorkClock(instant(day), 0) ? day - DAY_MS : day)
}

/**
 * How far New York's clock is behind UTC during a day's session: four hours from the second Sunday in March to the first in November, else five.
 * @param day - days since 1970
 */
function newYorkBehindMs(day: number): number {
  const { year } = civil(instant(day * DAY_MS))
  const isSummer = day >= nth(2, SUNDAY, year, 3) && day < nth(1, SUNDAY, year, 11)
  return (isSummer ? 4 : 5) * HOUR_MS
}

/** Free days of a year, as they are kept: one on a Sunday is kept on Monday, one on a Saturday on Friday. */
function holidaysOf(year: number): ReadonlySet<number> {
  const kept = (month: number, day: number): number => {
    const number = daysFromCivil(year, month, day)
    const weekday = weekdayOf(number)
    return weekday === SUNDAY ? number + 1 : weekday === SATURDAY ? number - 1 : number
  }
  const newYear = kept(1, 1)
  return new Set([
    // On a Saturday it is not kept at all: the Friday is the last of a year, on which books are closed.
    ...(civil(instant(newYear * DAY_MS)).year === year ? [newYear] : []),
    nth(3, MONDAY, year, 1),
    nth(3, MONDAY, year, 2),
    easterOf(year) - 2,
    lastMondayOfMay(year),
    ...(year >= 2022 ? [kept(6, 19)] : []),
    kept(7, 4),
    nth(1, MONDAY, year, 9),
    nth(4, THURSDAY, year, 11),
    kept(12, 25),
  ])
}

/** The day after Thanksgiving, and the eves of Independence Day and of Christmas where the day itself is no weekend's. */
function isHalf(day: number, year: number): boolean {
  if (day === nth(4, THURSDAY, year, 11) + 1) return true
  const eves = [daysFromCivil(year, 7, 3), daysFromCivil(year, 12, 24)]
  return eves.includes(day) && weekdayOf(day) <= THURSDAY
}

const weekdayOf = (day: number): number => (day + THURSDAY) % 7

/** The nth of a weekday in a month. */
function nth(count: number, weekday: number, year: number, month: number): number {
  const first = daysFromCivil(year, month, 1)
  return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (count - 1)
}

function lastMondayOfMay(year: number): number {
  const last = daysFromCivil(year, 5, 31)
  return last - ((weekdayOf(last) - MONDAY + 7) % 7)
}

/** Easter Sunday of the western churches, by the rule of 1876. */
function easterOf(year: number): number {
  const [golden, century, rest] = [year % 19, Math.floor(year / 100), year % 100]
  const shift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const moon = (19 * golden + century - Math.floor(century / 4) - shift + 15) % 30
  const sunday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - moon - (rest % 4)) % 7
  const late = Math.floor((golden + 11 * moon + 22 * sunday) / 451)
  const number = moon + sunday - 7 * late + 114
  return daysFromCivil(year, Math.floor(number / 31), (number % 31) + 1)
}

function dayOf(date: string): number {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  return daysFromCivil(year, month, day)
}
