import { expect, it } from 'vitest'
import { ema } from './ema.ts'

it('starts at the mean of the first n and then moves by 2 / (n + 1) of the distance', () => {
  expect([...ema(Float64Array.of(1, 2, 3, 6, 6), 3)]).toEqual([NaN, NaN, 2, 4, 5])
})

it('stays at a price that does not move', () => {
  expect([...ema(new Float64Array(50).fill(7), 20).subarray(19)]).toEqual(Array.from({ length: 31 }, () => 7))
})
