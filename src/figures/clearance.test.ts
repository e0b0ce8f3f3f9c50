import { expect, test } from 'vitest'
import { DAY_MS, parseInstant } from '../core/instant.ts'
import { crowding, lineObstacle } from './clearance.ts'
import { layoutFor } from './figure.ts'
import { plotOn } from './plot.ts'

const grid = { start: parseInstant('2025-01-01'), step: DAY_MS, length: 4 }
const plot = plotOn('a', layoutFor(960), grid, 0, 40)

test('a line runs half the way to its neighbours at each bar, and ends at a gap', () => {
  const { upper, lower } = lineObstacle(Float64Array.of(10, 30, NaN, 50), (value) => value)
  expect(Array.from(upper)).toEqual([10, 20, NaN, 50])
  expect(Array.from(lower)).toEqual([20, 30, NaN, 50])
})

test('words between two bars are in the way of a line that falls through them', () => {
  const falls = lineObstacle(Float64Array.of(0, 40, 40, 40), (value) => value)
  const at = (top: number) => ({ x1: 4, x2: 12, top: () => top, bottom: () => top + 4 })
  expect(crowding(plot, at(18), [falls])).toBeGreaterThan(0)
  expect(crowding(plot, at(50), [falls])).toBe(0)
})
