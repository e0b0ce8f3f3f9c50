import { expect, it } from 'vitest'
import { sma } from './sma.ts'

it('gives the mean of the last n values', () => {
  expect([...sma(Float64Array.of(1, 2, 3, 4, 9), 3)]).toEqual([NaN, NaN, 2, 3, 16 / 3])
})

it('gives the values themselves for n = 1', () => {
  expect([...sma(Float64Array.of(5, 7), 1)]).toEqual([5, 7])
})
