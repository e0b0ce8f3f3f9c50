import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInstant } from '../core/instant.ts'
import {
  plural,
  sayCount,
  sayDay,
  sayInstant,
  sayList,
  sayOrdinal,
  sayPercent,
  sayPrice,
  saySigned,
  sayTimes,
  sayVenue,
  sentence,
  withCommas,
} from './wording.ts'

describe('sayPrice', () => {
  it.each([
    [0.0000123, '0.0000123'],
    [0.00000123456, '0.000001235'],
    [0.0813, '0.0813'],
    [0.0978125, '0.09781'],
    [0.5, '0.500'],
    [0.99996, '1.00'],
    [1.5, '1.50'],
    [1.2345, '1.234'],
    [9.99999, '10.0'],
    [57.123, '57.12'],
    [123.456, '123.5'],
    [999.95, '1,000'],
    [999.4, '999.4'],
    [1000.4, '1,000'],
    [1797.36, '1,797'],
    [9999.6, '10,000'],
    [16_672, '16,670'],
    [93_691, '93,690'],
    [108_353, '108,400'],
    [1_234_567, '1,235,000'],
    [0, '0'],
    [-12.345, '−12.35'],
  ])('says %d as %s', (value, text) => {
    expect(sayPrice(value)).toBe(text)
  })

  it('is within half a unit of the fourth digit, for any price', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e7, noNaN: true }), (price) => {
        const said = Number(sayPrice(price).replaceAll(',', ''))
        expect(Math.abs(said / price - 1)).toBeLessThanOrEqual(0.000501)
      }),
    )
  })
})

describe('sayPercent', () => {
  it.each([
    [66.3, '66 %'],
    [-66.3, '66 %'],
    [9.94, '9.9 %'],
    [9.96, '10 %'],
    [0.04, '0.0 %'],
    [0.05, '0.1 %'],
    [100, '100 %'],
    [1234.5, '1,235 %'],
  ])('says %d as %s', (value, text) => {
    expect(sayPercent(value)).toBe(text)
  })

  it('writes a sign where it is asked for, none for what rounds to nothing', () => {
    expect(saySigned(3.14)).toBe('+3.1 %')
    expect(saySigned(-14.2)).toBe('−14 %')
    expect(saySigned(0.01)).toBe('0.0 %')
    expect(saySigned(-0.01)).toBe('0.0 %')
  })
})

describe('days', () => {
  const asOf = parseInstant('2025-04-23T16:00Z')

  it('name the year only where it is not that of the note', () => {
    expect(sayDay(parseInstant('2025-04-09'), asOf)).toBe('9 April')
    expect(sayDay(parseInstant('2024-12-16'), asOf)).toBe('16 December 2024')
    expect(sayDay(parseInstant('2026-01-01'), asOf)).toBe('1 January 2026')
  })

  it('are said with their hour as instants', () => {
    expect(sayInstant(asOf)).toBe('23 April 2025, 16:00 UTC')
    expect(sayInstant(parseInstant('2024-02-29T03:05Z'))).toBe('29 February 2024, 03:05 UTC')
  })
})

describe('lists and counts', () => {
  it('joins as a sentence does', () => {
    expect([sayList([]), sayList(['a']), sayList(['a', 'b']), sayList(['a', 'b', 'c'])]).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ])
  })

  it('says small counts in words', () => {
    expect([0, 1, 2, 10, 11, 1234].map(sayCount)).toEqual(['no', 'one', 'two', 'ten', '11', '1,234'])
    expect([1, 2, 3, 11].map(sayTimes)).toEqual(['once', 'twice', 'three times', '11 times'])
    expect([1, 2, 12].map((count) => plural(count, 'day'))).toEqual(['one day', 'two days', '12 days'])
  })

  it('says ordinals', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 101, 111, 112, 1003].map(sayOrdinal)).toEqual(
      '1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 101st 111th 112th 1,003rd'.split(' '),
    )
  })

  it('groups thousands and keeps the decimals asked for', () => {
    expect(withCommas(1234567.891, 2)).toBe('1,234,567.89')
    expect(withCommas(-1234.5, 1)).toBe('−1,234.5')
    expect(withCommas(999)).toBe('999')
  })

  it('writes no minus before what rounds to 0', () => {
    expect(withCommas(-0.04, 1)).toBe('0.0')
    expect(withCommas(-0)).toBe('0')
  })

  it('begins sentences with a capital and names venues as they do', () => {
    expect([sentence('eth rose'), sentence(''), sayVenue('okx'), sayVenue('binance'), sayVenue('simulated')]).toEqual([
      'Eth rose',
      '',
      'OKX',
      'Binance',
      'SIMULATED',
    ])
  })
})
