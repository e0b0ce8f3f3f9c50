import { expect, test } from 'vitest'
import { parseInstant } from '../core/instant.ts'
import {
  decimalsOf,
  formatClock,
  formatCompact,
  formatDate,
  formatFixed,
  formatPrice,
  priceFormatter,
} from './format.ts'

test.each([
  [93691.08, '93,690'],
  [1795.07, '1,795'],
  [1385.05, '1,385'],
  [999.96, '1,000'],
  [131.24, '131.2'],
  [131.04, '131'],
  [2, '2.00'],
  [0.0208, '0.0208'],
  [0.00001234, '0.00001234'],
  [0, '0'],
  [-12.5, '−12.5'],
  [NaN, '–'],
  [Infinity, '–'],
])('says %d as %s', (price, words) => {
  expect(formatPrice(price)).toBe(words)
})

test('writes all prices of a figure alike', () => {
  const small = priceFormatter(0.03065, { low: 0.0213, high: 0.0321 })
  expect([0.0305, 0.03046].map(small)).toEqual(['0.03050', '0.03046'])
  const large = priceFormatter(93691.08, { low: 74508, high: 109588 })
  expect([93691.08, 74508].map(large)).toEqual(['93,690', '74,510'])
})

test('writes prices far apart each in its own way', () => {
  expect(priceFormatter(10, { low: 0.001, high: 10 })(0.001)).toBe('0.00100')
})

test('shortens large counts', () => {
  expect([1_234_567, 999_950, 4.5e9, 820_400, 12, NaN].map(formatCompact)).toEqual([
    '1.23m',
    '1m',
    '4.5bn',
    '820k',
    '12',
    '–',
  ])
})

test('puts a true minus sign, and none before zero', () => {
  expect(formatFixed(-1234.5, 1)).toBe('−1,234.5')
  expect(formatFixed(-0.01, 0)).toBe('0')
})

test('finds the decimals that a set of ticks needs', () => {
  expect(decimalsOf([0.25, 1])).toBe(2)
  expect(decimalsOf([1e-9, 2e-9])).toBe(9)
  expect(decimalsOf([0.1 + 0.2])).toBe(1)
  expect(decimalsOf([1000, 0])).toBe(0)
})

test('writes days and hours in UTC', () => {
  expect(formatDate(parseInstant('2025-04-07T23:59Z'))).toBe('7 Apr 2025')
  expect(formatClock(parseInstant('2025-04-07T04:05Z'))).toBe('04:05')
})
