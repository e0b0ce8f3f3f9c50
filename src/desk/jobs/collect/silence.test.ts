import { describe, expect, it } from 'vitest'
import { EventRate, toleratedSilenceMs } from './silence.ts'

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
    expect([rate.perSecond(), rate.busyness()]).toEqual([NaN, NaN])
    rate.add(5, 0)
    rate.add(5, 999)
    expect(rate.perSecond()).toBeNaN()
  })

  it('measures a steady pace, whatever the clock begins with', () => {
    for (const from of [0, 1_000_000]) {
      const rate = fed(new EventRate(), 10, { from, to: from + 600 })
      expect(Math.abs(rate.perSecond() - 10)).toBeLessThan(0.2)
      expect(Math.abs(rate.busyness() - 1)).toBeLessThan(0.3)
    }
  })

  it('forgets the half of what it knew within a minute', () => {
    const rate = fed(fed(new EventRate(), 10, { from: 0, to: 900 }), 20, { from: 901, to: 960 })
    expect(Math.abs(rate.perSecond() - 15)).toBeLessThan(0.5)
  })

  it('is busier than usual at once when much comes', () => {
    const rate = fed(fed(new EventRate(), 10, { from: 0, to: 300 }), 40, { from: 301, to: 312 })
    expect(rate.busyness()).toBeGreaterThan(2)
  })

  it('grows quiet while nothing comes', () => {
    const rate = fed(new EventRate(), 10, { from: 0, to: 300 })
    const usual = rate.perSecond()
    rate.add(0, 360_000)
    expect(rate.perSecond()).toBeLessThan(0.6 * usual)
  })
})

describe('toleratedSilenceMs', () => {
  it('is so long that a usual market is that quiet once in a million times', () => {
    const ms = toleratedSilenceMs(0.1, 1, 'steady')
    expect(Math.exp((-0.1 * ms) / 1000)).toBeCloseTo(1e-6, 12)
  })

  it('is three seconds at least', () => {
    expect(toleratedSilenceMs(10, 1, 'steady')).toBe(3_000)
    expect(toleratedSilenceMs(1e6, 1, 'steady')).toBe(3_000)
  })

  it('is longer where other venues are quieter, to twenty times, but not shorter where they are busier', () => {
    const usual = toleratedSilenceMs(0.1, 1, 'steady')
    expect(toleratedSilenceMs(0.1, 0.5, 'steady')).toBeCloseTo(2 * usual, 6)
    expect(toleratedSilenceMs(0.1, 0, 'steady')).toBeCloseTo(20 * usual, 6)
    expect(toleratedSilenceMs(0.1, 30, 'steady')).toBe(usual)
  })

  it('has no end where no rate is known', () => {
    expect([toleratedSilenceMs(NaN, 1, 'steady'), toleratedSilenceMs(0, 1, 'steady')]).toEqual([Infinity, Infinity])
  })
})
