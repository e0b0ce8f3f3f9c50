import { assert, double, property } from 'fast-check'
import { expect, test } from 'vitest'
import { HEAT_STEPS, heatSteps, stepOf } from './heatSteps.ts'

test('steps are round, ascending, and reach the largest amount', () => {
  expect(heatSteps(130)).toEqual([1, 2, 5, 10, 20, 50, 100])
  expect(heatSteps(4.9e8)).toEqual([2e6, 5e6, 1e7, 2e7, 5e7, 1e8, 2e8])
  expect(heatSteps(0.5)).toEqual([0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5])
})

test('there are none for nothing', () => {
  expect(heatSteps(0)).toEqual([])
  expect(heatSteps(NaN)).toEqual([])
})

test('the largest amount has the last colour, and less than the first step has none', () => {
  assert(
    property(double({ min: 1e-6, max: 1e15, noNaN: true }), (largest) => {
      const steps = heatSteps(largest)
      expect(steps).toHaveLength(HEAT_STEPS)
      expect(stepOf(largest * (1 + 1e-9), steps)).toBe(HEAT_STEPS)
      expect(stepOf((steps[0] as number) / 2, steps)).toBe(0)
      expect(stepOf(NaN, steps)).toBe(0)
      expect(steps.every((step, i) => i === 0 || step > (steps[i - 1] as number))).toBe(true)
    }),
  )
})
