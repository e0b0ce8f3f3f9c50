import { expect, it } from 'vitest'
import { rankCorrelation } from './rankCorrelation.ts'

it('gives the textbook example: intelligence against hours of television', () => {
  const quotient = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110]
  const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17]
  expect(rankCorrelation(quotient, hours)).toBeCloseTo(-29 / 165, 12)
})

it('lets equal values share the mean of their ranks', () => {
  // Ranks 1.5, 1.5, 3 and 1, 2, 3.
  expect(rankCorrelation([5, 5, 9], [1, 2, 3])).toBeCloseTo(1.5 / Math.sqrt(1.5 * 2), 12)
})

it('sees the order only: any rising function of a value leaves it', () => {
  const values = [3, 1, 4, 1.5, 9, 2.6]
  const others = [2, 7, 1, 8, 2.8, 1.8]
  const squares = values.map((value) => value * value)
  expect(rankCorrelation(squares, others)).toBe(rankCorrelation(values, others))
})

it('has no answer where one side is all equal, or there is no pair', () => {
  expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNaN()
  expect(rankCorrelation([], [])).toBeNaN()
})
