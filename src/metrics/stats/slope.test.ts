import { expect, it } from 'vitest'
import { seededRandom } from '../../core/random.ts'
import { slope, student975 } from './slope.ts'

it.each([
  [5, 2.5706],
  [10, 2.2281],
  [28, 2.0484],
  [60, 2.0003],
  [1e6, 1.96],
])('has the quantile of %i degrees as tables print it', (degrees, expected) => {
  expect(student975(degrees)).toBeCloseTo(expected, 3)
})

it('finds the slope of a line, without doubt', () => {
  const found = slope([1, 2, 3, 5], [5, 7, 9, 13])
  expect(found.value).toBeCloseTo(2, 12)
  expect(found.high - found.low).toBeCloseTo(0, 6)
  expect(found.n).toBe(4)
})

it('holds the true slope in 95 of a hundred samples', () => {
  const { normal } = seededRandom('slope')
  let held = 0
  const samples = 4000
  for (let sample = 0; sample < samples; sample++) {
    const x = Array.from({ length: 12 }, normal)
    const { low, high } = slope(
      x,
      x.map((each) => 1.5 * each + normal()),
    )
    held += Number(low <= 1.5 && 1.5 <= high)
  }
  expect(held / samples).toBeGreaterThan(0.94)
  expect(held / samples).toBeLessThan(0.96)
})

it('is NaN for few pairs, and where nothing moves', () => {
  expect(slope([1, 2, 3], [1, 2, 3]).value).toBeNaN()
  expect(slope([2, 2, 2, 2], [1, 2, 3, 4]).value).toBeNaN()
})
