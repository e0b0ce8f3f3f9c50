import { expect, it } from 'vitest'
import { rollingSum } from './rollingSum.ts'

it('sums the last n values', () => {
  expect([...rollingSum(Float64Array.of(1, 2, 3, 4), 2)]).toEqual([NaN, 3, 5, 7])
})

it('is a gap where one of them is', () => {
  expect([...rollingSum(Float64Array.of(1, 2, NaN, 4, 5), 2)]).toEqual([NaN, 3, NaN, NaN, 9])
})

it('keeps nothing of a huge value that has left', () => {
  expect(rollingSum(Float64Array.of(1e17, 1, 2, 3), 2)[3]).toBe(5)
})
