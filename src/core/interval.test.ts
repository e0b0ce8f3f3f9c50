import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant, parseInstant } from './instant.ts'
import { BadIntervalError, barOpen, intervalMs, intervalOfMs, parseInterval } from './interval.ts'

describe('an interval', () => {
  it.each([
    ['1s', 1000],
    ['5m', 300_000],
    ['4h', 14_400_000],
    ['1d', 86_400_000],
  ] as const)('%s is %i ms long', (text, ms) => {
    expect(intervalMs(text)).toBe(ms)
    expect(intervalOfMs(ms)).toBe(text)
  })

  it('is spelt in its longest unit', () => {
    expect(parseInterval('60m')).toBe('1h')
    expect(parseInterval('24h')).toBe('1d')
    expect(parseInterval('90m')).toBe('90m')
    expect(parseInterval('36h')).toBe('36h')
  })

  it('reads back what it wrote, for any whole number of seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), (seconds) => {
        expect(intervalMs(parseInterval(intervalOfMs(seconds * 1000)))).toBe(seconds * 1000)
      }),
    )
  })

  it.each(['', '1', 'd', '0d', '01d', '-1d', '1.5h', '1M', '1w', '1 d', '1D', '100000s'])('refuses "%s"', (text) => {
    expect(() => parseInterval(text)).toThrow(BadIntervalError)
  })

  it.each([0, -1000, 1500, 0.5, NaN, Infinity])('has no spelling for %d ms', (ms) => {
    expect(() => intervalOfMs(ms)).toThrow(BadIntervalError)
  })
})

describe('barOpen', () => {
  it('is the open of the bar that holds the instant; a close belongs to the next bar', () => {
    const step = intervalMs('4h')
    expect(barOpen(parseInstant('2025-04-23T15:59:59.999Z'), step)).toBe(parseInstant('2025-04-23T12:00Z'))
    expect(barOpen(parseInstant('2025-04-23T16:00Z'), step)).toBe(parseInstant('2025-04-23T16:00Z'))
    expect(barOpen(instant(-1), step)).toBe(-step)
  })
})
