import { describe, expect, it } from 'vitest'
import { DAY_MS, formatDay, formatInstant, instant, parseInstant, plusMs } from './instant.ts'
import { newYorkClock, newYorkDay, newYorkSession, SESSION_YEARS } from './newYorkSession.ts'

// The exchange's own calendars, year by year; typed from them and not made by the rules.
const CLOSED: Readonly<Record<number, string>> = {
  2010: '01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24',
  2011: '01-17 02-21 04-22 05-30 07-04 09-05 11-24 12-26',
  2012: '01-02 01-16 02-20 04-06 05-28 07-04 09-03 10-29 10-30 11-22 12-25',
  2013: '01-01 01-21 02-18 03-29 05-27 07-04 09-02 11-28 12-25',
  2014: '01-01 01-20 02-17 04-18 05-26 07-04 09-01 11-27 12-25',
  2015: '01-01 01-19 02-16 04-03 05-25 07-03 09-07 11-26 12-25',
  2016: '01-01 01-18 02-15 03-25 05-30 07-04 09-05 11-24 12-26',
  2017: '01-02 01-16 02-20 04-14 05-29 07-04 09-04 11-23 12-25',
  2018: '01-01 01-15 02-19 03-30 05-28 07-04 09-03 11-22 12-05 12-25',
  2019: '01-01 01-21 02-18 04-19 05-27 07-04 09-02 11-28 12-25',
  2020: '01-01 01-20 02-17 04-10 05-25 07-03 09-07 11-26 12-25',
  2021: '01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24',
  2022: '01-17 02-21 04-15 05-30 06-20 07-04 09-05 11-24 12-26',
  2023: '01-02 01-16 02-20 04-07 05-29 06-19 07-04 09-04 11-23 12-25',
  2024: '01-01 01-15 02-19 03-29 05-27 06-19 07-04 09-02 11-28 12-25',
  2025: '01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-04 09-01 11-27 12-25',
  2026: '01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25',
  2027: '01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 12-24',
}
const HALF: Readonly<Record<number, string>> = {
  2010: '11-26',
  2011: '11-25',
  2012: '07-03 11-23 12-24',
  2013: '07-03 11-29 12-24',
  2014: '07-03 11-28 12-24',
  2015: '11-27 12-24',
  2016: '11-25',
  2017: '07-03 11-24',
  2018: '07-03 11-23 12-24',
  2019: '07-03 11-29 12-24',
  2020: '11-27 12-24',
  2021: '11-26',
  2022: '11-25',
  2023: '07-03 11-24',
  2024: '07-03 11-29 12-24',
  2025: '07-03 11-28 12-24',
  2026: '11-27 12-24',
  2027: '11-26',
}

const wallClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'America/New_York',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const inNewYork = (at: number): string => wallClock.format(at)

const daysOf = (year: number) => {
  const first = parseInstant(`${year}-01-01`)
  const length = (parseInstant(`${year + 1}-01-01`) - first) / DAY_MS
  return Array.from({ length }, (_, i) => plusMs(first, i * DAY_MS))
}
const isWeekend = (at: number): boolean => [0, 6].includes(new Date(at).getUTCDay())

const years = Array.from({ length: SESSION_YEARS.last - SESSION_YEARS.first + 1 }, (_, i) => SESSION_YEARS.first + i)

describe.each(years)('the sessions of %i', (year) => {
  it('are on the days of the exchange', () => {
    const free = daysOf(year).filter((day) => !isWeekend(day) && newYorkSession(day) === undefined)
    expect(free.map((day) => formatDay(day).slice(5)).join(' ')).toBe(CLOSED[year])
    expect(daysOf(year).filter((day) => isWeekend(day) && newYorkSession(day) !== undefined)).toEqual([])
  })

  it('begin and end by the clock in New York, on half days at 13:00', () => {
    const half: string[] = []
    for (const day of daysOf(year)) {
      const session = newYorkSession(day)
      if (session === undefined) continue
      expect(inNewYork(session.open)).toBe('09:30')
      expect(inNewYork(session.close)).toBe(session.isHalfDay ? '13:00' : '16:00')
      expect(formatDay(session.close)).toBe(formatDay(day))
      if (session.isHalfDay) half.push(formatDay(day).slice(5))
    }
    expect(half.join(' ')).toBe(HALF[year])
  })
})

describe("New York's clock", () => {
  it.each([
    ['2025-01-31', 9, '2025-01-31T14:00:00Z'],
    ['2025-03-08', 9, '2025-03-08T14:00:00Z'],
    ['2025-03-10', 9, '2025-03-10T13:00:00Z'],
    ['2025-04-22', 9.5, '2025-04-22T13:30:00Z'],
    ['2025-11-03', 0, '2025-11-03T05:00:00Z'],
    ['2030-07-04', 9, '2030-07-04T13:00:00Z'],
  ])('of %s at %d is %s', (day, hours, expected) => {
    expect(formatInstant(newYorkClock(parseInstant(day), hours))).toBe(expected)
  })

  it('is given by winter before 2007, an hour late in summer', () => {
    expect(formatInstant(newYorkClock(parseInstant('2006-07-03'), 9))).toBe('2006-07-03T14:00:00Z')
    expect(formatInstant(newYorkClock(parseInstant('2006-01-03'), 9))).toBe('2006-01-03T14:00:00Z')
  })

  it('has the date of the day before in the first hours of a day in UTC', () => {
    const dayAt = (text: string): string => formatDay(newYorkDay(parseInstant(text)))
    expect(['2025-04-23T03:59Z', '2025-04-23T04:00Z', '2025-01-23T04:59Z', '2025-01-23T23:59Z'].map(dayAt)).toEqual([
      '2025-04-22',
      '2025-04-23',
      '2025-01-22',
      '2025-01-23',
    ])
  })
})

it('is of the date that an instant is in', () => {
  const close = newYorkSession(parseInstant('2025-04-22T23:00Z'))?.close
  expect(formatInstant(close ?? instant(0))).toBe('2025-04-22T20:00:00Z')
})

it('says nothing of years that it does not know', () => {
  expect(newYorkSession(parseInstant('2009-06-01'))).toBeUndefined()
  expect(newYorkSession(parseInstant('2028-06-01'))).toBeUndefined()
})
