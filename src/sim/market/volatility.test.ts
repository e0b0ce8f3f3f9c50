import { expect, it } from 'vitest'
import { dayOfWeek, STEPS_A_DAY, timelineOf } from './timeline.ts'
import { marketMood } from './volatility.ts'

const timeline = timelineOf('2020-01-01', '2024-12-31')
const mood = marketMood(timeline, 'mood')
const meanSquare = (keep: (step: number) => boolean): number => {
  const kept = mood.filter((_, s) => keep(s))
  return kept.reduce((sum, value) => sum + value * value, 0) / kept.length
}

it('is positive everywhere, with a mean square near 1', () => {
  expect(mood.every((value) => value > 0)).toBe(true)
  expect(meanSquare(() => true)).toBeGreaterThan(0.7)
  expect(meanSquare(() => true)).toBeLessThan(1.2)
})

it('is calmer on Saturdays than on other days', () => {
  const saturday = (s: number): boolean => dayOfWeek(timeline, Math.floor(s / STEPS_A_DAY)) === 6
  expect(meanSquare(saturday)).toBeLessThan(0.6 * meanSquare((s) => !saturday(s)))
})

it('is busier at the US open than in the European morning', () => {
  const atHour = (hour: number) => (s: number) => Math.floor((s % STEPS_A_DAY) / 2) === hour
  expect(meanSquare(atHour(14))).toBeGreaterThan(2 * meanSquare(atHour(10)))
})
