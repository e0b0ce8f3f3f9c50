import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pivotFinder, pivots } from './pivots.ts'

const fed = (values: readonly number[], left: number, right: number) =>
  values.map((value) => pivotFinder(left, right)(value))

describe('pivotFinder', () => {
  it('names a low at the close of the last bar after it', () => {
    expect([3, 2, 1, 2, 3].map(pivotFinder(2, 2))).toEqual([undefined, undefined, undefined, undefined, 'low'])
  })

  it('names a high', () => {
    expect([1, 2, 3, 2, 1].map(pivotFinder(2, 2)).at(-1)).toBe('high')
  })

  it('takes different numbers of bars before and after', () => {
    expect([3, 2, 1, 2].map(pivotFinder(2, 1))).toEqual([undefined, undefined, undefined, 'low'])
    expect([2, 1, 2, 3].map(pivotFinder(1, 2)).at(-1)).toBe('low')
  })

  it('has no pivot among equal values', () => {
    expect(pivots([3, 2, 1, 1, 2, 3], 2, 2)).toEqual([])
    expect(pivots([1, 1, 1, 1, 1], 1, 1)).toEqual([])
    expect(pivots([1, 2, 1, 3, 1], 2, 2)).toEqual([])
  })

  it('needs every bar before it', () => {
    expect(pivots([1, 2, 3, 4, 5, 6], 1, 2)).toEqual([])
    expect(pivots([2, 1, 2, 3], 2, 2)).toEqual([])
  })

  it('finds nothing beside a gap', () => {
    expect(pivots([3, NaN, 1, 2, 3], 2, 2)).toEqual([])
    expect(pivots([3, 2, 1, 2, NaN, 4, 5], 2, 2)).toEqual([])
  })

  it('gives every caller a state of its own', () => {
    expect(fed([3, 2, 1, 2, 3], 2, 2)).toEqual(Array(5).fill(undefined))
  })
})

describe('pivots', () => {
  it('carries the bar, the bar that makes it known and the value', () => {
    expect(pivots([3, 2, 1, 2, 3], 2, 2)).toEqual([{ kind: 'low', bar: 2, knownBar: 4, value: 1 }])
  })

  it('agrees with the definition read literally', () => {
    const value = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(NaN))
    const span = fc.integer({ min: 1, max: 4 })
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), span, span, (values, left, right) => {
        const literal = values.flatMap((v, bar) => {
          const others = [...values.slice(bar - left, bar), ...values.slice(bar + 1, bar + 1 + right)]
          if (bar < left || bar + right >= values.length) return []
          const kind = others.every((o) => v < o) ? 'low' : others.every((o) => v > o) ? 'high' : undefined
          return kind === undefined ? [] : [{ kind, bar, knownBar: bar + right, value: v }]
        })
        expect(pivots(values, left, right)).toEqual(literal)
      }),
      { seed: 1, numRuns: 500 },
    )
  })
})
