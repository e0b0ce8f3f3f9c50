import { expect, it } from 'vitest'
import { binMiddles } from './logBins.ts'
import { mapOutline, type MapBins } from './mapOutline.ts'

/** Six bins of a twentieth in log price, three on either side of a price of 1. */
const bins = { first: -3, count: 6, width: 0.05 }
const price = binMiddles(bins)
const of = (longs: readonly number[], shorts: readonly number[]) =>
  mapOutline({
    mark: 1,
    bins,
    longUsd: Float64Array.from(longs),
    shortUsd: Float64Array.from(shorts),
  } satisfies MapBins)

it('names the largest bin on each side, and sums what lies within ten percent', () => {
  expect(of([900, 50, 60, 0, 0, 0], [0, 0, 0, 10, 20, 15])).toEqual({
    largestAbove: price[4],
    largestBelow: price[0],
    aboveUsd: 30,
    belowUsd: 110,
  })
})

it('takes the nearest of bins that hold as much', () => {
  expect(of([0, 5, 5, 0, 0, 0], [0, 0, 0, 5, 5, 0])).toMatchObject({ largestAbove: price[3], largestBelow: price[2] })
})

it('has no largest bin on a side that holds nothing', () => {
  const nothing = [0, 0, 0, 0, 0, 0]
  expect(of([0, 0, 5, 0, 0, 0], nothing)).toEqual({
    largestAbove: NaN,
    largestBelow: price[2],
    aboveUsd: 0,
    belowUsd: 5,
  })
  expect(of(nothing, nothing)).toEqual({ largestAbove: NaN, largestBelow: NaN, aboveUsd: 0, belowUsd: 0 })
})

it('does not name what lies beyond double or half the price', () => {
  const wide = { first: -2, count: 4, width: 0.5 }
  const [longUsd, shortUsd] = [Float64Array.of(9, 1, 0, 0), Float64Array.of(0, 0, 1, 9)]
  const { largestAbove, largestBelow } = mapOutline({ mark: 1, bins: wide, longUsd, shortUsd })
  expect([largestAbove, largestBelow]).toEqual([Math.exp(0.25), Math.exp(-0.25)])
})
