import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { inTopQuarter } from './inTopQuarter.ts'

it('takes the bins that the map shows most in', () => {
  expect(inTopQuarter([0, 9, 0, 0, 8, 0, 0, 0], [1, 2, 4, 8, 16, 32, 64, 128])).toBe(18)
})

it('takes a part of a bin where a quarter of the bins is no whole number', () => {
  // Of six bins one and a half: all of the fullest, half of the next.
  expect(inTopQuarter([6, 5, 1, 1, 1, 1], [10, 4, 1, 1, 1, 1])).toBe(12)
})

it('shares what is left of the quarter among bins that the map shows equally', () => {
  expect(inTopQuarter([2, 1, 1, 1, 1, 0, 0, 0], [10, 1, 2, 3, 6, 0, 0, 0])).toBe(10 + 12 / 4)
})

it('is a quarter of it all for a map that says nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 30 }), (happened) => {
      const all = happened.reduce((sum, each) => sum + each, 0)
      expect(
        inTopQuarter(
          happened.map(() => 1),
          happened,
        ),
      ).toBeCloseTo(all / 4, 9)
    }),
  )
})

it('is nothing where there are no bins', () => {
  expect(inTopQuarter([], [])).toBe(0)
})
