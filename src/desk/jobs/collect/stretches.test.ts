import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joined, without, type Stretch } from './stretches.ts'

/** Some are empty, some end before they begin. */
const stretch = fc.record({ from: fc.integer({ min: 0, max: 40 }), to: fc.integer({ min: 0, max: 40 }) })
const stretches = fc.array(stretch, { maxLength: 8 })

const instantsOf = (list: readonly Stretch[]): readonly number[] =>
  list.flatMap(({ from, to }) => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i))
const sorted = (instants: Iterable<number>): readonly number[] => [...instants].toSorted((a, b) => a - b)

describe('joined', () => {
  it('joins what overlaps or touches and leaves out what is empty', () => {
    const given = [
      { from: 5, to: 9 },
      { from: 0, to: 5 },
      { from: 20, to: 20 },
      { from: 12, to: 15 },
      { from: 6, to: 7 },
    ]
    expect(joined(given)).toEqual([
      { from: 0, to: 9 },
      { from: 12, to: 15 },
    ])
    expect(joined([])).toEqual([])
  })

  it('holds every instant of what was given once, in order, with a break between any two', () => {
    fc.assert(
      fc.property(stretches, (given) => {
        const found = joined(given)
        expect(instantsOf(found)).toEqual(sorted(new Set(instantsOf(given))))
        for (const [i, each] of found.slice(1).entries()) expect(each.from).toBeGreaterThan(found[i]!.to)
        expect(joined(found)).toEqual(found)
      }),
    )
  })
})

describe('without', () => {
  it('leaves what lies before, between and behind', () => {
    const taken = [
      { from: 12, to: 20 },
      { from: -5, to: 1 },
      { from: 4, to: 6 },
      { from: 5, to: 8 },
    ]
    expect(without({ from: 0, to: 15 }, taken)).toEqual([
      { from: 1, to: 4 },
      { from: 8, to: 12 },
    ])
    expect(without({ from: 3, to: 3 }, [])).toEqual([])
  })

  it('makes up the whole together with what was taken, and the two share nothing', () => {
    fc.assert(
      fc.property(stretch, stretches, (whole, taken) => {
        const left = instantsOf(without(whole, taken))
        const inside = new Set(instantsOf(taken).filter((ms) => ms >= whole.from && ms < whole.to))
        expect(left.filter((ms) => inside.has(ms))).toEqual([])
        expect(sorted([...left, ...inside])).toEqual(instantsOf([whole]))
      }),
    )
  })
})
