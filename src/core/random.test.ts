import { describe, expect, it } from 'vitest'
import { seededRandom } from './random.ts'

const draw = (seed: string, count: number, which: 'uniform' | 'normal'): number[] => {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => random[which]())
}

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

describe('seededRandom', () => {
  it('gives the same numbers for the same seed', () => {
    expect(draw('seed', 1000, 'uniform')).toEqual(draw('seed', 1000, 'uniform'))
    expect(draw('seed', 1000, 'normal')).toEqual(draw('seed', 1000, 'normal'))
  })

  it('gives other numbers for another seed', () => {
    const [a, b] = [draw('seed', 100, 'uniform'), draw('seed ', 100, 'uniform')]
    expect(a.filter((value, i) => value === b[i])).toEqual([])
  })

  it('spreads evenly over [0, 1)', () => {
    const values = draw('spread', 100_000, 'uniform')
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true)
    const tenths = Array.from({ length: 10 }, (_, k) => values.filter((value) => Math.floor(value * 10) === k).length)
    // Four standard deviations of a binomial count.
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(4 * Math.sqrt(100_000 * 0.1 * 0.9))
  })

  it('has normals of mean 0 and variance 1', () => {
    const values = draw('normals', 100_000, 'normal')
    expect(Math.abs(meanOf(values))).toBeLessThan(4 / Math.sqrt(100_000))
    expect(meanOf(values.map((value) => value * value))).toBeCloseTo(1, 1)
    expect(values.filter((value) => Math.abs(value) > 1.96).length / values.length).toBeCloseTo(0.05, 2)
  })
})
