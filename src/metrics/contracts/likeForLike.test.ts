import { expect, it } from 'vitest'
import { growth } from './likeForLike.ts'

const sum = { values: Float64Array.of(50, NaN, 55, 70, 77), chain: Float64Array.of(1, NaN, 1, 2, 2) }

it('is the later over the earlier where parts lead from one to the other, over gaps too', () => {
  expect(growth(sum, 0, 2)).toBe(1.1)
  expect(growth(sum, 3, 4)).toBe(1.1)
})

it('is a gap where it was begun again in between, at gaps, and outside', () => {
  for (const [from, to] of [
    [2, 3],
    [0, 4],
    [0, 1],
    [1, 2],
    [-1, 0],
    [4, 5],
  ] as const) {
    expect(growth(sum, from, to)).toBe(NaN)
  }
})
