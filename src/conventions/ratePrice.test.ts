import { expect, it } from 'vitest'
import { isRatePrice } from './ratePrice.ts'

it.each([
  [96.31, true],
  [80, true],
  [102, true],
  [4.33, false],
  [102.01, false],
  [NaN, false],
])('%d is a price of a rate: %s', (price, expected) => {
  expect(isRatePrice(price)).toBe(expected)
})
