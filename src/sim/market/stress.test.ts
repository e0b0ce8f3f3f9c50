import { expect, it } from 'vitest'
import { sumBetween, type Path } from './path.ts'
import { stressedVariance } from './stress.ts'
import { STEPS_A_DAY } from './timeline.ts'

const DAYS = 10
const steps = DAYS * STEPS_A_DAY
const dayVariance = 0.03 * 0.03

function pathThrough(pins: Readonly<Record<number, number>>): Path {
  const y = new Float64Array(steps + 1).fill(NaN)
  for (const [day, value] of Object.entries(pins)) y[Number(day) * STEPS_A_DAY] = value
  return {
    y,
    base: new Float64Array(steps + 1),
    ownVariance: new Float64Array(steps).fill(dayVariance / STEPS_A_DAY),
    baseVariance: new Float64Array(steps),
    limits: { lower: new Float64Array(DAYS).fill(-Infinity), upper: new Float64Array(DAYS).fill(Infinity) },
  }
}

it('changes nothing where the moves are ordinary', () => {
  const path = pathThrough({ 0: 0, 4: 0.05, 10: 0 })
  expect(stressedVariance(path)).toEqual(path.ownVariance)
})

it('makes a forced move one of 1.4 deviations, and fades after it', () => {
  const path = pathThrough({ 0: 0, 4: 0, 5: -0.3, 10: -0.3 })
  const stressed = stressedVariance(path)
  const perDay = Array.from({ length: DAYS }, (_, d) => sumBetween(stressed, d * STEPS_A_DAY, (d + 1) * STEPS_A_DAY))
  expect(perDay[4]).toBeCloseTo((0.3 / 1.4) ** 2, 6)
  expect(perDay[5]).toBeGreaterThan(perDay[6]!)
  expect(perDay[3]).toBeLessThan(perDay[5]!)
  expect(perDay[9]! - dayVariance).toBeLessThan(0.05 * (perDay[5]! - dayVariance))
})
