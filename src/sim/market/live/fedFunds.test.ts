import { expect, it } from 'vitest'
import { DAY_MS } from '../../../core/instant.ts'
import { expectedMean, monthOfDay } from './fedFunds.ts'
import type { Macro } from './macro.ts'

const STEP = Date.parse('2025-05-11')
/** A rate of 4 that falls to 3 on the eleventh of May. */
const macro = { effective: (day: number) => (day < STEP ? 4 : 3) } as Macro
const MAY = 12 * 2025 + 4

it('is the mean of the days where the month is over', () => {
  expect(expectedMean(macro, MAY, Date.parse('2025-06-02'))).toBeCloseTo((10 * 4 + 21 * 3) / 31, 12)
  expect(expectedMean(macro, MAY - 1, Date.parse('2025-06-02'))).toBe(4)
})

it('sees a step to come the better the nearer it is', () => {
  const seenOn = (day: string) => expectedMean(macro, MAY + 1, Date.parse(day))
  expect(seenOn('2024-05-01')).toBeGreaterThan(3.7)
  expect(seenOn('2025-05-10')).toBeLessThan(3.2)
  expect(seenOn('2025-05-10')).toBeGreaterThan(3)
  expect(seenOn('2025-05-11')).toBe(3)
})

it('counts months through the turn of a year', () => {
  const [december, january] = [Date.parse('2025-12-31'), Date.parse('2026-01-01')]
  expect(monthOfDay(january) - monthOfDay(december)).toBe(1)
  expect(monthOfDay(STEP)).toBe(MAY)
  expect(monthOfDay(STEP + 21 * DAY_MS)).toBe(MAY + 1)
})
