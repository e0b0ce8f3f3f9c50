import { expect, it } from 'vitest'
import { SlowestPace } from './slowestPace.ts'

const MINUTE = 60_000

/** Counts so many things a minute, evenly, from one minute to another. */
function fed(pace: SlowestPace, perMinute: number, from: number, to: number): SlowestPace {
  for (let at = from * MINUTE; at < to * MINUTE; at += MINUTE / perMinute) pace.add(at)
  return pace
}

const perMinute = (pace: SlowestPace): number => 60 * pace.leastPerSecond()

it('knows nothing before five minutes are over', () => {
  expect(perMinute(fed(new SlowestPace(), 100, 0, 5))).toBe(Infinity)
})

it('says nearly the pace of a steady feed', () => {
  const least = perMinute(fed(new SlowestPace(), 100, 0, 60))
  expect(least).toBeGreaterThan(85)
  expect(least).toBeLessThan(100)
})

it('remembers the slowest five minutes for three hours, and not for more than six', () => {
  const pace = fed(fed(fed(new SlowestPace(), 100, 0, 60), 10, 60, 65), 100, 65, 244)
  expect(perMinute(pace)).toBeLessThan(10)
  expect(perMinute(fed(pace, 100, 244, 420))).toBeGreaterThan(85)
})

it('says that nothing may come where for five minutes nothing did', () => {
  const pace = fed(fed(new SlowestPace(), 100, 0, 60), 100, 70, 75)
  pace.add(75 * MINUTE)
  expect(pace.leastPerSecond()).toBe(0)
})

it('outlives a silence of days', () => {
  const pace = fed(new SlowestPace(), 100, 0, 60)
  pace.add(30 * 24 * 60 * MINUTE)
  expect(pace.leastPerSecond()).toBe(0)
  expect(perMinute(fed(pace, 100, 30 * 24 * 60, 30 * 24 * 60 + 420))).toBeGreaterThan(85)
})
