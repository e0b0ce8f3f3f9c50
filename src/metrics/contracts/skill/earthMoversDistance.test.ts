import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { earthMoversDistance } from './earthMoversDistance.ts'

it('moves everything by two bins', () => {
  expect(earthMoversDistance([1, 0, 0], [0, 0, 2], 0.5)).toBe(1)
})

it('moves half by one bin where half is there already', () => {
  expect(earthMoversDistance([4, 0], [1, 1], 0.01)).toBeCloseTo(0.005, 15)
})

it('is nothing between maps that differ in size alone', () => {
  expect(earthMoversDistance([1, 2, 1], [10, 20, 10], 1)).toBe(0)
})

it('has no answer for an empty map', () => {
  expect(earthMoversDistance([0, 0], [1, 1], 1)).toBeNaN()
})

it('is a distance: the same both ways, and no longer than a way round', () => {
  const map = fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 6 })
    .filter((bins) => bins.some(Boolean))
  fc.assert(
    fc.property(map, map, map, (a, b, c) => {
      const far = (x: number[], y: number[]): number => earthMoversDistance(x, y, 1)
      expect(far(a, b)).toBeCloseTo(far(b, a), 12)
      expect(far(a, c)).toBeLessThanOrEqual(far(a, b) + far(b, c) + 1e-12)
    }),
  )
})
