import { describe, expect, it } from 'vitest'
import type { Level } from '../metrics/structure/levelTracker.ts'
import { carryOver, type LevelWatch } from './levelWatch.ts'

const levelAt = (logPrice: number): Level => ({
  price: Math.exp(logPrice),
  logPrice,
  pivots: 2,
  weight: 1,
  kind: 'both',
})
const watched = (...logPrices: number[]): readonly LevelWatch[] => carryOver([], logPrices.map(levelAt), 0.01)

describe('carryOver', () => {
  it('keeps the tests of a level that moves by less than one bandwidth, at its new price', () => {
    const before = watched(0, 1)
    const [low, high] = carryOver(before, [levelAt(0.009), levelAt(0.99)], 0.01)
    expect(low!.test).toBe(before[0]!.test)
    expect(low!.test.price).toBe(Math.exp(0.009))
    expect(high!.test).not.toBe(before[1]!.test)
  })

  it('begins anew where there was none, and forgets what is gone', () => {
    const before = watched(0, 1)
    const after = carryOver(before, [levelAt(0.5)], 0.01)
    expect(after).toHaveLength(1)
    expect(before.map(({ test }) => test)).not.toContain(after[0]!.test)
  })

  it('gives the tests of one level to the nearer of two', () => {
    const before = watched(0)
    const after = carryOver(before, [levelAt(-0.004), levelAt(0.003)], 0.01)
    expect(after.map(({ test }) => test === before[0]!.test)).toEqual([false, true])
  })

  it('gives them to the lower of two equally near', () => {
    const before = watched(0)
    const after = carryOver(before, [levelAt(-0.004), levelAt(0.004)], 0.01)
    expect(after.map(({ test }) => test === before[0]!.test)).toEqual([true, false])
  })

  it('lets no two levels share their tests', () => {
    const before = watched(0, 0.02, 0.05)
    const after = carryOver(before, [-0.005, 0.005, 0.012, 0.045, 0.052].map(levelAt), 0.02)
    expect(new Set(after.map(({ test }) => test)).size).toBe(after.length)
  })
})
