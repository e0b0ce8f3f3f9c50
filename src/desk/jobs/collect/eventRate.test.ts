import { describe, expect, it } from 'vitest'
import { EventRate } from './eventRate.ts'

/** A rate that was fed steadily from one second to another. */
function fed(
  rate: EventRate,
  perSecond: number,
  { from, to }: { readonly from: number; readonly to: number },
): EventRate {
  for (let ms = from * 1000; ms <= to * 1000; ms += 1000) rate.add(perSecond, ms)
  return rate
}

describe('EventRate', () => {
  it('knows nothing before the first second', () => {
    const rate = new EventRate()
    expect([rate.perSecond(), rate.leastPerSecond()]).toEqual([NaN, 0])
    rate.add(5, 0)
    rate.add(5, 999)
    expect([rate.perSecond(), rate.leastPerSecond()]).toEqual([NaN, 0])
  })

  it('measures a steady pace, whatever the clock begins with', () => {
    for (const from of [0, 1_000_000]) {
      const rate = fed(new EventRate(), 10, { from, to: from + 600 })
      expect(Math.abs(rate.perSecond() - 10)).toBeLessThan(0.2)
    }
  })

  it('forgets the half of what it knew within its half-life', () => {
    for (const halfLife of [60, 600]) {
      const rate = fed(new EventRate(halfLife * 1000), 10, { from: 0, to: 15 * halfLife })
      fed(rate, 20, { from: 15 * halfLife + 1, to: 16 * halfLife })
      expect(Math.abs(rate.perSecond() - 15)).toBeLessThan(0.5)
    }
  })

  it('grows quiet while nothing comes', () => {
    const rate = fed(new EventRate(), 10, { from: 0, to: 300 })
    const usual = rate.perSecond()
    rate.add(0, 360_000)
    expect(rate.perSecond()).toBeLessThan(0.6 * usual)
  })

  it('says the least that it can be: nearly the pace where much came, next to nothing where little did', () => {
    const [much, little] = [100, 0.1].map((pace) => fed(new EventRate(600_000), pace, { from: 0, to: 60 }))
    expect(much!.leastPerSecond() / much!.perSecond()).toBeGreaterThan(0.95)
    // The exact bounds of a Poisson count of 6 and of 100 are 1.79 and 78.2 (half the 1 % points of chi squared, twice as many degrees).
    expect(little!.leastPerSecond() / little!.perSecond()).toBeCloseTo(1.79 / 6, 1)
    const hundred = new EventRate(1e12)
    hundred.add(100, 0)
    hundred.add(0, 1000)
    expect(hundred.leastPerSecond()).toBeCloseTo(78.2, 0)
  })
})
