import { expect, it } from 'vitest'
import { bollinger } from './bollinger.ts'

it('lies population standard deviations around the mean', () => {
  const { upper, middle, lower } = bollinger(Float64Array.of(1, 3), 2)
  expect([upper[1], middle[1], lower[1]]).toEqual([4, 2, 0])
})

it('closes on a price that does not move, whatever its unit', () => {
  for (const price of [0.3e-9, 0.3, 0.3e9]) {
    const { upper, lower } = bollinger(new Float64Array(60).fill(price))
    for (let i = 19; i < 60; i++) expect(upper[i]).toBe(lower[i])
  }
})
