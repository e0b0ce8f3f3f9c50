import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { median, sum } from './sum.ts'

describe('sum', () => {
  it('keeps what a plain sum loses', () => {
    expect(sum([1, 1e100, 1, -1e100])).toBe(2)
    expect(sum(Array.from({ length: 100_000 }, () => 0.1))).toBe(10_000)
  })

  it('leaves gaps out, and is 0 for nothing', () => {
    expect(sum([1, NaN, 2])).toBe(3)
    expect(sum([NaN])).toBe(0)
    expect(sum([])).toBe(0)
    expect(sum(Float64Array.of(1, 2))).toBe(3)
  })

  it('is exact for whole numbers in any order', () => {
    const whole = fc.array(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), { maxLength: 50 })
    fc.assert(
      fc.property(whole, (values) => {
        const exact = Number(values.reduce((total, value) => total + BigInt(value), 0n))
        expect(sum(values)).toBe(exact)
        expect(sum(values.toReversed())).toBe(exact)
      }),
    )
  })
})

describe('median', () => {
  it('is the middle value, or the mean of the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([10, 9, 100])).toBe(10)
  })

  it('leaves gaps out, and is NaN for nothing', () => {
    expect(median([NaN, 5])).toBe(5)
    expect(median([])).toBeNaN()
    expect(median([NaN])).toBeNaN()
  })
})
