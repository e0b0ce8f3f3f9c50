import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BadInstantError,
  civil,
  DAY_MS,
  daysFromCivil,
  formatDay,
  formatInstant,
  HOUR_MS,
  instant,
  isDateText,
  parseAsOf,
  parseInstant,
  startOfDay,
} from './instant.ts'

const FIRST = -62_135_596_800_000
const LAST = 253_402_300_799_999

describe('parseInstant', () => {
  // Unix times as published tables and `date -u +%s` give them.
  it.each([
    ['1970-01-01', 0],
    ['2000-02-29', 951_782_400],
    ['2001-09-09T01:46:40Z', 1_000_000_000],
    ['2009-01-03T18:15:05Z', 1_231_006_505],
    ['2038-01-19T03:14:07Z', 2_147_483_647],
    ['1969-12-31T23:59:59Z', -1],
    ['2025-04-08', 1_744_070_400],
    ['1900-03-01', -2_203_891_200],
    ['9999-12-31T23:59:59Z', 253_402_300_799],
    ['0001-01-01', -62_135_596_800],
  ])('reads %s as %i seconds', (text, seconds) => {
    expect(parseInstant(text)).toBe(seconds * 1000)
  })

  it('reads hours alone, blanks for T, and fractions to the millisecond', () => {
    expect(parseInstant('2025-04-23T16')).toBe(parseInstant('2025-04-23T16:00:00Z'))
    expect(parseInstant(' 2025-04-23 16:00 ')).toBe(parseInstant('2025-04-23T16:00:00Z'))
    expect(parseInstant('1970-01-01T00:00:00.5Z')).toBe(500)
    expect(parseInstant('1970-01-01T00:00:00.001999Z')).toBe(1)
    expect(parseInstant('1970-01-01T00:00:00.123456789Z')).toBe(123)
  })

  it('keeps every written millisecond', () => {
    for (let ms = 0; ms < 1000; ms++) {
      expect(parseInstant(`1970-01-01T00:00:00.${String(ms).padStart(3, '0')}Z`)).toBe(ms)
    }
  })

  it('reads zones, and takes a time without one as UTC', () => {
    const noon = parseInstant('2025-04-23T12:00:00Z')
    for (const text of ['12:00', '12:00Z', '12:00 UTC', '14:00+02:00', '14:00+0200', '06:30-05:30', '12:00-00:00']) {
      expect(parseInstant(`2025-04-23T${text}`)).toBe(noon)
    }
    expect(parseInstant('2025-01-01T00:30+01:00')).toBe(parseInstant('2024-12-31T23:30Z'))
  })

  it('reads 24:00 as the next midnight', () => {
    expect(parseInstant('2024-12-31T24:00Z')).toBe(parseInstant('2025-01-01'))
  })

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2100-02-29',
    '2025-04-31',
    '2025-13-01',
    '2025-00-01',
    '2025-01-00',
    '2025-1-1',
    '20250101',
    '2025-04-08T25:00Z',
    '2025-04-08T24:01Z',
    '2025-04-08T12:60Z',
    '2025-04-08T12:00:60Z',
    '2025-04-08T12:00+99:00',
    '2025-04-08T12:00+02:75',
    '2025-04-08T',
    '2025-04-08 noon',
    '08/04/2025',
    '1744070400000',
    '',
    'yesterday',
  ])('refuses "%s"', (text) => {
    expect(() => parseInstant(text)).toThrow(BadInstantError)
    expect(() => parseInstant(text)).toThrow(`"${text}"`)
  })

  it('knows the leap years of 1600 to 2400', () => {
    for (let year = 1600; year <= 2400; year++) {
      const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
      expect(daysFromCivil(year + 1, 1, 1) - daysFromCivil(year, 1, 1)).toBe(leap ? 366 : 365)
    }
  })
})

describe('formatInstant', () => {
  it('gives back the instant that was read, for any millisecond of years 1 to 9999', () => {
    fc.assert(
      fc.property(fc.integer({ min: FIRST, max: LAST }), (ms) => {
        expect(parseInstant(formatInstant(instant(ms)))).toBe(ms)
      }),
    )
  })

  it('agrees with the calendar of the language', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(FIRST), max: new Date(LAST), noInvalidDate: true }), (date) => {
        const { year, month, day, hour, minute, second, ms } = civil(instant(date.getTime()))
        expect([year, month, day, hour, minute, second, ms]).toEqual([
          date.getUTCFullYear(),
          date.getUTCMonth() + 1,
          date.getUTCDate(),
          date.getUTCHours(),
          date.getUTCMinutes(),
          date.getUTCSeconds(),
          date.getUTCMilliseconds(),
        ])
        expect(daysFromCivil(year, month, day)).toBe(Math.floor(date.getTime() / DAY_MS))
        expect(formatDay(instant(date.getTime()))).toBe(date.toISOString().slice(0, 10))
      }),
    )
  })

  it('writes milliseconds only where there are any', () => {
    expect(formatInstant(instant(0))).toBe('1970-01-01T00:00:00Z')
    expect(formatInstant(instant(7))).toBe('1970-01-01T00:00:00.007Z')
    expect(formatInstant(instant(-1))).toBe('1969-12-31T23:59:59.999Z')
  })
})

describe('parseAsOf', () => {
  it('takes a date to its end and an instant as it is', () => {
    expect(formatInstant(parseAsOf('2025-04-22'))).toBe('2025-04-23T00:00:00Z')
    expect(formatInstant(parseAsOf('2025-04-22T00:00Z'))).toBe('2025-04-22T00:00:00Z')
    expect(formatInstant(parseAsOf('2024-02-29'))).toBe('2024-03-01T00:00:00Z')
  })

  it('tells a date from an instant', () => {
    expect(isDateText(' 2025-04-22 ')).toBe(true)
    expect(isDateText('2025-04-22T00')).toBe(false)
  })
})

describe('startOfDay', () => {
  it('is the midnight at or before, also before 1970', () => {
    const noon = parseInstant('2025-04-22T12:00Z')
    expect(startOfDay(noon)).toBe(noon - 12 * HOUR_MS)
    expect(startOfDay(instant(0))).toBe(0)
    expect(startOfDay(instant(-1))).toBe(-DAY_MS)
  })
})
