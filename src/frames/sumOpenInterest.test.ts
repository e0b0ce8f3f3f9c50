import { array, assert, constantFrom, integer, property, record, shuffledSubarray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR_MS, instant, parseInstant } from '../core/instant.ts'
import type { OpenInterest } from '../records/openInterest.ts'
import { sumOpenInterest, type Bucket } from './sumOpenInterest.ts'

const open = parseInstant('2025-04-22T10:00Z')
const bucket: Bucket = { open, stepMs: HOUR_MS }

/** A row of BTC so many minutes after the bucket opens. */
function row(venue: string, minute: number, fields: Partial<OpenInterest> = {}): OpenInterest {
  const at = instant(open + minute * 60_000)
  const coins = fields.coins ?? 100
  return {
    venue,
    market: 'perp',
    instrument: 'BTCUSDT',
    interval: 'live',
    at,
    knownAt: at,
    published: 100,
    countedIn: 'units',
    sides: 'one',
    coins,
    quoteValue: coins * 90_000,
    convention: `${venue}/open_interest/made`,
    ...fields,
  }
}

const unpriced = (venue: string, minute: number, fields: Partial<OpenInterest> = {}): OpenInterest => {
  const { quoteValue: _, ...rest } = row(venue, minute, fields)
  return rest
}

describe('a sum of open interest', () => {
  it('is one-sided where sides are known and has two bounds where they are not', () => {
    const summed = sumOpenInterest([row('bybit', 5), row('okx', 5, { coins: 50, sides: 'unknown' })], bucket)
    expect(summed.coins).toEqual({ least: 125, most: 150 })
    expect(summed.quoteValue).toEqual({ least: 125 * 90_000, most: 150 * 90_000 })
    expect(summed.venues).toEqual(['bybit', 'okx'])
    expect(summed.parts.map(({ venue, sides, coins }) => [venue, sides, coins])).toEqual([
      ['bybit', 'one', { least: 100, most: 100 }],
      ['okx', 'unknown', { least: 25, most: 50 }],
    ])
    expect(summed.coverage).toBe(1)
  })

  it('takes the last value of a bucket, not one of the next, nor one that is known only then', () => {
    const rows = [
      row('okx', 5),
      row('okx', 55, { coins: 110 }),
      row('okx', 60, { coins: 999 }),
      row('okx', 58, { coins: 999, knownAt: instant(open + HOUR_MS + 1) }),
    ]
    expect(sumOpenInterest(rows, bucket).coins).toEqual({ least: 110, most: 110 })
    const known = row('okx', 58, { coins: 120, knownAt: instant(open + HOUR_MS) })
    expect(sumOpenInterest([...rows, known], bucket).coins.most).toBe(120)
  })

  it('takes the latest version of a row that was revised', () => {
    const revised = row('okx', 5, { coins: 90, knownAt: instant(open + 30 * 60_000) })
    expect(sumOpenInterest([revised, row('okx', 5)], bucket).coins.most).toBe(90)
  })

  it('carries a value for two buckets, then leaves it out and names it', () => {
    const rows = [row('bybit', 5), row('okx', -120, { coins: 40 }), row('gate', -121, { coins: 7 })]
    const summed = sumOpenInterest(rows, bucket)
    expect(summed.coins.most).toBe(140)
    expect(summed.venues).toEqual(['bybit', 'okx'])
    expect(summed.leftOut).toEqual([
      { venue: 'gate', market: 'perp', instrument: 'BTCUSDT', lastAt: open - 121 * 60_000, bucketsBehind: 3 },
    ])
    expect(summed.coverage).toBeCloseTo(2 / 3, 12)
  })

  it('takes one series of an instrument: the nearest, then one of known sides, then one with a value', () => {
    const taken = (...rows: readonly OpenInterest[]) =>
      sumOpenInterest(rows, bucket).parts.map(({ interval }) => interval)
    const [known, unknown] = [{ interval: '5m', sides: 'one' }, { sides: 'unknown' }] as const
    expect(taken(row('gate', 1, known), row('gate', 50, unknown))).toEqual(['5m'])
    expect(taken(row('gate', -10, known), row('gate', 50, unknown))).toEqual(['live'])
    expect(taken(unpriced('binance', 50, unknown), row('binance', 45, { ...unknown, interval: '5m' }))).toEqual(['5m'])
    expect(taken(row('okx', 50, unknown), row('okx', 45, { ...unknown, interval: '5m' }))).toEqual(['live'])
  })

  it('adds instruments of one venue, and tells which have no value', () => {
    const inverse = row('bybit', 5, { instrument: 'BTCUSD', coins: 30 })
    const summed = sumOpenInterest([unpriced('bybit', 5), inverse], bucket)
    expect(summed.coins.most).toBe(130)
    expect(summed.quoteValue).toEqual({ least: 2_700_000, most: 2_700_000 })
    expect(summed.venues).toEqual(['bybit'])
    expect(summed.unvalued).toEqual([{ venue: 'bybit', market: 'perp', instrument: 'BTCUSDT' }])
  })

  it('of nothing is a gap, and counts zero as a number', () => {
    const nothing = sumOpenInterest([], bucket)
    expect(nothing).toMatchObject({ coins: { least: NaN, most: NaN }, quoteValue: { least: NaN, most: NaN } })
    expect(nothing).toMatchObject({ parts: [], venues: [], leftOut: [], unvalued: [], coverage: NaN })
    expect(sumOpenInterest([row('okx', 5, { coins: 0 })], bucket).coins).toEqual({ least: 0, most: 0 })
  })
})

describe('whatever the rows', () => {
  const rows = array(
    record({
      venue: constantFrom('binance', 'bybit', 'okx', 'gate'),
      minute: integer({ min: -300, max: 90 }),
      coins: integer({ min: 0, max: 1e9 }).map((n) => n / 7),
      sides: constantFrom('one', 'two', 'unknown'),
      interval: constantFrom('live', '5m'),
    }).map(({ venue, minute, ...fields }) => row(venue, minute, fields)),
    { maxLength: 12 },
  )

  it('their order changes nothing, not by one bit', () => {
    const twoOrders = rows.chain((some) =>
      shuffledSubarray([...some], { minLength: some.length }).map((other) => [some, other] as const),
    )
    assert(
      property(twoOrders, ([some, other]) => {
        const distinct = (each: readonly OpenInterest[]) => [
          ...new Map(each.map((one) => [`${one.venue} ${one.at} ${one.interval}`, one])).values(),
        ]
        const unique = distinct(some)
        const reordered = other.filter((one) => unique.includes(one))
        expect(sumOpenInterest(reordered, bucket)).toEqual(sumOpenInterest(unique, bucket))
      }),
    )
  })

  it('the least is never above the most, nor below half of it', () => {
    assert(
      property(rows, (some) => {
        const { coins, parts } = sumOpenInterest(some, bucket)
        if (parts.length === 0) return
        expect(coins.least).toBeLessThanOrEqual(coins.most)
        expect(coins.least).toBeGreaterThanOrEqual(coins.most / 2 - 1e-6)
        const known = parts.every(({ sides }) => sides !== 'unknown')
        if (known) expect(coins.least).toBe(coins.most)
      }),
    )
  })

  it('another venue takes nothing from either bound', () => {
    assert(
      property(rows, integer({ min: 0, max: 1000 }), (some, coins) => {
        const more = [...some, row('bitget', 30, { coins, sides: 'unknown' })]
        const [before, after] = [sumOpenInterest(some, bucket), sumOpenInterest(more, bucket)]
        const [least, most] = before.parts.length === 0 ? [0, 0] : [before.coins.least, before.coins.most]
        expect(after.coins.least).toBeCloseTo(least + coins / 2, 3)
        expect(after.coins.most).toBeCloseTo(most + coins, 3)
      }),
    )
  })

  it('to learn that a venue counts one side changes its own bound and no other', () => {
    assert(
      property(rows, (some) => {
        const learnt = some.map((one) => (one.venue === 'okx' ? { ...one, sides: 'one' as const } : one))
        const asUnknown = some.map((one) => (one.venue === 'okx' ? { ...one, sides: 'unknown' as const } : one))
        const [before, after] = [sumOpenInterest(asUnknown, bucket), sumOpenInterest(learnt, bucket)]
        expect(after.coins.most).toEqual(before.coins.most)
        expect(after.leftOut).toEqual(before.leftOut)
        const others = (parts: typeof before.parts) => parts.filter(({ venue }) => venue !== 'okx')
        expect(others(after.parts)).toEqual(others(before.parts))
        for (const { venue, coins } of after.parts) if (venue === 'okx') expect(coins.least).toBe(coins.most)
      }),
    )
  })

  it('it counts every instrument once: in the sum, or left out by name', () => {
    assert(
      property(rows, (some) => {
        const { parts, leftOut, coverage } = sumOpenInterest(some, bucket)
        const seen = new Set(some.filter(({ at }) => at < open + HOUR_MS).map(({ venue }) => venue))
        expect([...parts, ...leftOut].map(({ venue }) => venue).toSorted()).toEqual([...seen].toSorted())
        if (seen.size > 0) expect(coverage).toBeCloseTo(parts.length / seen.size, 12)
      }),
    )
  })
})
