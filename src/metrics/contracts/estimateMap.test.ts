import { assert, array, constantFrom, double, integer, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateMap } from './estimateMap.ts'
import { LiquidationBook, type MapModel, type MapTape } from './liquidationBook.ts'
import { sumMaps, type LiquidationMap } from './liquidationMap.ts'
import { binMiddles } from './logBins.ts'
import { estimateMapPlainly } from '../../../test/support/estimateMapPlainly.ts'

type Bucket = readonly [low: number, high: number, interest: number]

/** Buckets with their lows, highs, and open interest at the end; what traded was at the middle. */
function tapeOf(...buckets: readonly Bucket[]): MapTape {
  const column = (of: (bucket: Bucket) => number): Float64Array => Float64Array.from(buckets, of)
  return {
    low: column(([low]) => low),
    high: column(([, high]) => high),
    vwap: column(([low, high]) => (low + high) / 2),
    openInterest: column(([, , interest]) => interest),
  }
}

/** All at leverage 10: a long of 100 ends at 90.45, a short at 109.45. */
const ten: MapModel = { contract: 'linear', mix: [{ leverage: 10, weight: 1 }] }

const coins = ({ bins, longUsd, shortUsd }: LiquidationMap): { long: number; short: number } => {
  const middles = binMiddles(bins)
  const sum = (usd: Float64Array): number => usd.reduce((all, value, bin) => all + value / middles[bin]!, 0)
  return { long: sum(longUsd), short: sum(shortUsd) }
}
const mapOf = (model: MapModel, ...buckets: readonly Bucket[]): LiquidationMap =>
  estimateMap(tapeOf(...buckets), model, 0, buckets.length)

describe('a rise of open interest', () => {
  it('opens as many longs below the price as shorts above it, in dollars at the price of their bins', () => {
    const map = mapOf(ten, [100, 100, 50], [100, 100, 60])
    const [longs, shorts] = [map.longUsd, map.shortUsd].map((usd) =>
      [...usd.entries()].filter(([, value]) => value > 0),
    )
    const middles = binMiddles(map.bins)
    expect(longs).toHaveLength(1)
    expect(shorts).toHaveLength(1)
    expect(Math.log(middles[longs![0]![0]]! / 90.452)).toBeCloseTo(0, 2)
    expect(Math.log(middles[shorts![0]![0]]! / 109.453)).toBeCloseTo(0, 2)
    expect(longs![0]![1]).toBeCloseTo(10 * middles[longs![0]![0]]!, 9)
    expect(shorts![0]![1]).toBeCloseTo(10 * middles[shorts![0]![0]]!, 9)
  })

  it('is spread over the tiers by their weights', () => {
    const mix = [
      { leverage: 5, weight: 0.25 },
      { leverage: 20, weight: 0.75 },
    ]
    const { tiers, longUsd } = mapOf({ contract: 'inverse', mix }, [100, 100, 500], [100, 100, 900])
    expect(tiers.map(({ leverage, longUsd: usd }) => [leverage, usd.reduce((a, b) => a + b)])).toEqual([
      [5, 100],
      [20, 300],
    ])
    expect(longUsd.reduce((a, b) => a + b)).toBe(400)
  })

  it('of an inverse contract opens dollars, which no price changes', () => {
    const { longUsd, bins } = mapOf({ ...ten, contract: 'inverse' }, [100, 100, 500], [100, 100, 900])
    const bin = longUsd.findIndex((usd) => usd > 0)
    expect(longUsd[bin]).toBe(400)
    expect(Math.log(binMiddles(bins)[bin]! / 91.364)).toBeCloseTo(0, 2)
  })
})

describe('a price', () => {
  it('that crosses a bin liquidates what is in it, once', () => {
    const down = mapOf(ten, [100, 100, 50], [100, 100, 60], [89, 100, 60])
    expect(coins(down)).toEqual({ long: 0, short: expect.closeTo(10, 9) as number })
    const up = mapOf(ten, [100, 100, 50], [100, 100, 60], [100, 111, 60])
    expect(coins(up)).toEqual({ long: expect.closeTo(10, 9) as number, short: 0 })
  })

  it('that stays short of a bin leaves it', () => {
    expect(coins(mapOf(ten, [100, 100, 50], [100, 100, 60], [91, 109, 60])).long).toBeCloseTo(10, 9)
  })
})

describe('a fall of open interest', () => {
  it('closes the same share of everything, of what was there before the map too', () => {
    // 10 of 60 coins are on the map; a fall to 45 closes a quarter of all.
    expect(coins(mapOf(ten, [100, 100, 50], [100, 100, 60], [100, 100, 45])).long).toBeCloseTo(7.5, 9)
  })

  it('is first what was liquidated, and only the rest of it is closed', () => {
    // 10 longs of 100 are liquidated, and 10 more of the 20 entered at 95, of the 90 that stand: 20 x 80 / 90.
    const buckets = [
      [100, 100, 70],
      [100, 100, 80],
      [95, 95, 100],
      [90, 95, 80],
    ] as const
    expect(coins(mapOf(ten, ...buckets))).toEqual({
      long: expect.closeTo((20 * 80) / 90, 9) as number,
      short: expect.closeTo(30 * 0.8, 9) as number,
    })
  })

  it('that is smaller than what was liquidated closes nothing else', () => {
    const buckets = [
      [100, 100, 70],
      [100, 100, 80],
      [95, 95, 100],
      [90, 95, 95],
    ] as const
    expect(coins(mapOf(ten, ...buckets)).long).toBeCloseTo(20, 9)
  })

  it('to nothing leaves nothing, and what is opened later stands', () => {
    expect(coins(mapOf(ten, [100, 100, 50], [100, 100, 60], [100, 100, 0]))).toEqual({ long: 0, short: 0 })
    expect(coins(mapOf(ten, [100, 100, 50], [100, 100, 60], [100, 100, 0], [100, 100, 3])).long).toBeCloseTo(3, 9)
  })
})

describe('a gap', () => {
  it('opens and closes nothing: a change across it is no change', () => {
    const rise = mapOf(ten, [100, 100, 50], [100, 100, 60], [100, 100, NaN], [100, 100, 500])
    expect(coins(rise).long).toBeCloseTo(10, 9)
    const fall = mapOf(ten, [100, 100, 50], [100, 100, 60], [100, 100, NaN], [100, 100, 5])
    expect(coins(fall).long).toBeCloseTo(10, 9)
  })

  it('of open interest does not keep the price from crossing bins', () => {
    expect(coins(mapOf(ten, [100, 100, 50], [100, 100, 60], [89, 100, NaN])).long).toBe(0)
  })

  it('of prices leaves all as it is', () => {
    expect(coins(mapOf(ten, [100, 100, 50], [100, 100, 60], [NaN, NaN, 30])).long).toBeCloseTo(10, 9)
  })
})

it('a map of a stretch holds only what was opened in it', () => {
  const tape = tapeOf([100, 100, 50], [100, 100, 60], [100, 100, 63])
  expect(coins(estimateMap(tape, ten, 2, 3)).long).toBeCloseTo(3, 9)
  expect(coins(estimateMap(tape, ten, 0, 2)).long).toBeCloseTo(10, 9)
})

it('a tape without a price or open interest gives an empty map', () => {
  const map = mapOf(ten, [NaN, NaN, NaN], [NaN, NaN, 3])
  expect(coins(map)).toEqual({ long: 0, short: 0 })
})

it('refuses a mix without a liquidation price, and one that is not all that is opened', () => {
  expect(() => mapOf({ contract: 'linear', mix: [{ leverage: 1, weight: 1 }] }, [100, 100, 1])).toThrow('leverage "1"')
  expect(() => mapOf({ contract: 'linear', mix: [{ leverage: 5, weight: 0.5 }] }, [100, 100, 1])).toThrow(
    'sum to "0.5"',
  )
})

it('maps of instruments add up bin by bin and tier by tier', () => {
  const one = mapOf({ contract: 'linear' }, [100, 100, 50], [100, 100, 60])
  const other = mapOf({ contract: 'linear' }, [250, 250, 50], [250, 250, 90])
  const both = sumMaps([one, other])!
  expect(coins(both).long).toBeCloseTo(50, 9)
  expect(both.tiers.map(({ leverage }) => leverage)).toEqual([3, 5, 10, 20, 25, 50, 75, 100])
  const ofTiers = both.tiers.reduce((sum, { shortUsd }) => sum + shortUsd.reduce((a, b) => a + b), 0)
  expect(ofTiers).toBeCloseTo(
    both.shortUsd.reduce((a, b) => a + b),
    6,
  )
  expect(sumMaps([])).toBeUndefined()
})

const bucket = record({
  move: double({ min: -0.06, max: 0.06, noNaN: true }),
  range: double({ min: 0, max: 0.03, noNaN: true }),
  interest: double({ min: 0, max: 1_000, noNaN: true }),
  gap: integer({ min: 0, max: 9 }),
})
const drawnTape = (buckets: readonly { move: number; range: number; interest: number; gap: number }[]): MapTape => {
  let price = 100
  const rows = buckets.map(({ move, range, interest, gap }) => {
    price *= Math.exp(move)
    return [price, price * Math.exp(range), gap === 0 ? NaN : interest] as const
  })
  return tapeOf(...rows)
}
const contract = constantFrom<MapModel['contract']>('linear', 'inverse')

it('whatever is opened is liquidated, closed, or stands', () => {
  assert(
    property(array(bucket, { minLength: 2, maxLength: 200 }), contract, (buckets, of) => {
      const tape = drawnTape(buckets)
      const book = new LiquidationBook(tape, { contract: of }, { from: 0, to: buckets.length, width: 0.005 })
      book.advance(0, buckets.length)
      for (const { opened, liquidated, closed, standing } of Object.values(book.tally)) {
        expect(Math.abs(liquidated + closed + standing - opened)).toBeLessThanOrEqual(1e-9 * Math.max(1, opened))
      }
      const { long, short } =
        of === 'linear' ? coins(book.map()) : { long: sumOf(book.map().longUsd), short: sumOf(book.map().shortUsd) }
      expect(Math.abs(long - book.tally.long.standing)).toBeLessThanOrEqual(1e-9 * Math.max(1, book.tally.long.opened))
      expect(Math.abs(short - book.tally.short.standing)).toBeLessThanOrEqual(
        1e-9 * Math.max(1, book.tally.short.opened),
      )
    }),
  )
})

const sumOf = (values: Float64Array): number => values.reduce((a, b) => a + b, 0)

it('is what follows every position by itself', () => {
  assert(
    property(array(bucket, { minLength: 2, maxLength: 100 }), contract, (buckets, of) => {
      const tape = drawnTape(buckets)
      const [fast, plain] = [
        estimateMap(tape, { contract: of }, 0, buckets.length),
        estimateMapPlainly(tape, of, 0.005),
      ]
      for (const side of ['longUsd', 'shortUsd'] as const) {
        const total = sumOf(fast[side])
        expect(Math.abs(total - [...plain[side].values()].reduce((a, b) => a + b, 0))).toBeLessThanOrEqual(
          1e-7 * Math.max(1, total),
        )
        for (const [place, usd] of fast[side].entries()) {
          expect(Math.abs(usd - (plain[side].get(fast.bins.first + place) ?? 0))).toBeLessThanOrEqual(
            1e-7 * Math.max(1, total),
          )
        }
      }
    }),
  )
})

it('advanced in parts gives what it gives in one', () => {
  assert(
    property(array(bucket, { minLength: 3, maxLength: 60 }), integer({ min: 1, max: 59 }), (buckets, cut) => {
      const tape = drawnTape(buckets)
      const stretch = { from: 0, to: buckets.length, width: 0.005 }
      const [whole, parts] = [new LiquidationBook(tape, ten, stretch), new LiquidationBook(tape, ten, stretch)]
      whole.advance(0, buckets.length)
      parts.advance(0, Math.min(cut, buckets.length))
      parts.advance(Math.min(cut, buckets.length), buckets.length)
      expect(parts.map()).toEqual(whole.map())
    }),
  )
})
