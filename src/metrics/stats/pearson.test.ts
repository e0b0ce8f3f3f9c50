import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { pearson } from './pearson.ts'

it('is Pearson with the interval of Fisher', () => {
  // Deviations (-1.5,-.5,.5,1.5) and (-1,-2,2,1): 5 / sqrt(5 * 10). Interval: tanh(atanh(r) -+ 1.96 / sqrt(1)).
  const { value, low, high, n } = pearson([1, 2, 3, 4], [2, 1, 5, 4])
  expect(n).toBe(4)
  expect(value).toBeCloseTo(5 / Math.sqrt(50), 12)
  expect(low).toBeCloseTo(Math.tanh(Math.atanh(value) - 1.959963984540054), 12)
  expect(high).toBeCloseTo(Math.tanh(Math.atanh(value) + 1.959963984540054), 12)
})

it('is 1 exactly on a line, where rounding would bring it beyond', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 4, maxLength: 30 }), (a) => {
      const { value, low, high } = pearson(
        a,
        a.map((x) => 3 * x + 1),
      )
      if (Number.isNaN(value)) return
      expect(value).toBeLessThanOrEqual(1)
      expect(low).toBeLessThanOrEqual(high)
    }),
    { seed: 1 },
  )
  expect(pearson([1, 2, 3, 4], [4, 3, 2, 1])).toEqual({ value: -1, low: -1, high: -1, n: 4 })
})

it('has no value of three pairs, nor where one side stands still', () => {
  expect(pearson([1, 2, 3], [1, 2, 3])).toEqual({ value: NaN, low: NaN, high: NaN, n: 3 })
  expect(pearson([1, 1, 1, 1], [1, 2, 3, 4])).toEqual({ value: NaN, low: NaN, high: NaN, n: 4 })
})
