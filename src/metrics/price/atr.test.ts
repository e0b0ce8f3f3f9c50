import { expect, it } from 'vitest'
import { atr, trueRange } from './atr.ts'

it('takes the greatest of the range and the reach from the previous close', () => {
  expect([trueRange(12, 10, 11), trueRange(12, 10, 9), trueRange(12, 10, 14)]).toEqual([2, 3, 4])
})

it('starts at the mean of n true ranges and then smooths as Wilder does', () => {
  const prices = {
    high: Float64Array.of(2, 4, 5, 9),
    low: Float64Array.of(1, 2, 4, 5),
    close: Float64Array.of(2, 3, 5, 6),
  }
  expect([...atr(prices, 2)]).toEqual([NaN, NaN, 2, 3])
})
