import { expect, it } from 'vitest'
import { seededRandom } from '../../../core/random.ts'
import { meanInterval } from './meanInterval.ts'

it('has the width that the deviation of a mean of normal numbers says', () => {
  const { normal } = seededRandom('normal numbers')
  const values = Array.from({ length: 400 }, () => 3 + 2 * normal())
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
  const found = meanInterval(values, 'a')
  expect(found.mean).toBeCloseTo(mean, 12)
  expect(found.high - found.low).toBeCloseTo((2 * 1.96 * deviation) / 20, 1)
})

it('draws the same places for the same seed: a shifted sample has a shifted interval', () => {
  const values = [1, 5, 2, 8, 3]
  const [a, b] = [
    meanInterval(values, 'a'),
    meanInterval(
      values.map((value) => value + 10),
      'a',
    ),
  ]
  expect(b.low - a.low).toBeCloseTo(10, 12)
  expect(b.high - a.high).toBeCloseTo(10, 12)
})

it('has no width where all values are the same, and no mean where there are none', () => {
  expect(meanInterval([2, 2, 2], 'a')).toEqual({ mean: 2, low: 2, high: 2 })
  expect(meanInterval([], 'a').mean).toBeNaN()
})
