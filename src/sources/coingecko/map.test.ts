import { describe, expect, it } from 'vitest'
import { expectSound, fixture, fuzz } from '../../../test/support/wire.ts'
import { resolveAsset } from '../../conventions/assets/resolveAsset.ts'
import { DAY_MS, parseInstant } from '../../core/instant.ts'
import type { Mapped } from '../source.ts'
import { COIN_IDS } from './coinIds.ts'
import { coingecko } from './coingecko.ts'
import { mapHistory, mapNow } from './map.ts'

const payload = (name: string): unknown => structuredClone(fixture('coingecko', name).payload)
const rowsOf = ({ rows, faults }: Mapped): readonly Readonly<Record<string, unknown>>[] => {
  expect(faults).toEqual([])
  return rows.map(({ row }) => row)
}
const BITCOIN = new Map([['bitcoin', 'BTC']])
const DAY = parseInstant('2025-04-20')

/** A history of points; market caps stand at the same times. */
const history = (points: readonly (readonly [at: number, price: number | null, cap: number | null])[]): unknown => ({
  prices: points.map(([at, price]) => [at, price]),
  market_caps: points.map(([at, , cap]) => [at, cap]),
  total_volumes: [],
})

describe('a history', () => {
  it('gives the point of 00:00 to the day that ends with it, known when it is published', () => {
    const [first, second] = rowsOf(mapHistory(payload('history'), 'BTC'))
    expect(first).toEqual({
      venue: 'coingecko',
      asset: 'BTC',
      interval: '1d',
      at: parseInstant('2024-03-30'),
      knownAt: parseInstant('2024-03-31T00:10Z'),
      marketCap: 1370247487960.09,
      price: 69702.3087473573,
      supply: 1370247487960.09 / 69702.3087473573,
    })
    expect(second).toMatchObject({ at: parseInstant('2024-03-31') })
  })

  it('passes over its last point, which is of now', () => {
    expect(rowsOf(mapHistory(payload('history'), 'BTC'))).toHaveLength(2)
  })

  it('divides market caps into supplies that coins can have: those of bitcoin then are right to a thousandth', () => {
    for (const { supply } of rowsOf(mapHistory(payload('history'), 'BTC'))) {
      expect(Math.abs(Number(supply) / 19_665_000 - 1)).toBeLessThan(1e-3)
    }
  })

  it.each([null, 0])('has a gap where the market cap is %j', (cap) => {
    const rows = rowsOf(
      mapHistory(
        history([
          [DAY, 5, cap],
          [DAY + DAY_MS, 5, 50],
        ]),
        'X',
      ),
    )
    expect(rows.map(({ at }) => at)).toEqual([DAY])
  })

  it.each([null, 0])('has no supply where the price is %j', (price) => {
    const [row] = rowsOf(mapHistory(history([[DAY, price, 50]]), 'X'))
    expect(row).toMatchObject({ marketCap: 50 })
    expect(Object.keys(row!)).not.toContain('supply')
    expect(Object.keys(row!)).not.toContain('price')
  })

  it('tells of a point in the middle of a day before the last', () => {
    const { faults } = mapHistory(
      history([
        [DAY + 1, 5, 50],
        [DAY + DAY_MS, 5, 50],
      ]),
      'X',
    )
    expect(faults).toMatchObject([{ what: 'not as documented', path: 'prices[0][0]' }])
  })

  it.each([
    ['a missing list', { prices: [], market_caps: [] }, 'total_volumes'],
    ['a text for a price', { ...(history([]) as object), prices: [[DAY, '5']] }, 'prices[0][1]'],
    ['nothing', undefined, ''],
    ['an error', { error: 'coin not found' }, 'prices'],
  ])('of %s is refused with its place', (_what, json, path) => {
    const { rows, faults } = mapHistory(json, 'X')
    expect(rows).toEqual([])
    expect(faults.map((fault) => fault.path)).toContain(path)
  })

  it('refuses a negative market cap', () => {
    const { rows, faults } = mapHistory(history([[DAY, 5, -1]]), 'X')
    expect([rows.length, faults[0]]).toMatchObject([0, { what: 'impossible' }])
  })

  it('stays sound however it is damaged', () => fuzz(payload('history'), (json) => mapHistory(json, 'BTC')))
})

describe('the present', () => {
  it('is kept at the time of its last update, with the supply as published', () => {
    const at = parseInstant('2024-04-07T16:49:31.736Z')
    expect(rowsOf(mapNow(payload('now'), BITCOIN))).toEqual([
      {
        venue: 'coingecko',
        asset: 'BTC',
        interval: 'live',
        at,
        knownAt: at,
        marketCap: 1381651251183,
        price: 70187,
        supply: 19675987,
      },
    ])
  })

  it('leaves out a coin of which neither market cap nor supply is known', () => {
    const [coin] = payload('now') as [object]
    const unknown = { ...coin, market_cap: 0, circulating_supply: null }
    expect(rowsOf(mapNow([unknown], BITCOIN))).toEqual([])
    expect(rowsOf(mapNow([{ ...unknown, circulating_supply: 7 }], BITCOIN))).toMatchObject([{ supply: 7 }])
  })

  it('tells of a coin that was not asked for', () => {
    const { rows, faults } = mapNow(payload('now'), new Map([['ethereum', 'ETH']]))
    expect([rows, faults[0]]).toMatchObject([[], { what: 'impossible', path: '[0].id' }])
  })

  it('passes over a field that is not documented, and tells of it', () => {
    const [coin] = payload('now') as [object]
    const { rows, faults } = mapNow([{ ...coin, mood: 'good' }], BITCOIN)
    expect([rows.length, faults]).toMatchObject([1, [{ what: 'unknown field', path: '[0].mood' }]])
  })

  it.each([[null], ['text'], [{ status: { error_code: 429 } }]])('of %j is refused', (json) => {
    expect(mapNow(json, BITCOIN).faults).toMatchObject([{ what: 'not as documented' }])
  })

  it('stays sound however it is damaged', () => {
    fuzz(payload('now'), (json) => {
      const mapped = mapNow(json, BITCOIN)
      expectSound(mapped)
      return mapped
    })
  })
})

describe('ids of coins', () => {
  it('are of assets by their canonical ids, and each of one', () => {
    const now = parseInstant('2025-11-01')
    for (const asset of Object.keys(COIN_IDS)) expect(resolveAsset({ ticker: asset }, now).asset).toBe(asset)
    expect(new Set(Object.values(COIN_IDS)).size).toBe(Object.keys(COIN_IDS).length)
  })

  it('tell the two Neiros apart, which are one symbol', () => {
    expect([COIN_IDS['NEIRO'], COIN_IDS['NEIROETH']]).toEqual(['neiro-3', 'neiro-on-eth'])
  })
})

it('knows a ping by what it says', () => {
  expect(coingecko.proof.isAnswer(payload('ping'))).toBe(true)
  for (const odd of [undefined, {}, { gecko_says: 7 }, payload('error-rateLimited')]) {
    expect(coingecko.proof.isAnswer(odd)).toBe(false)
  }
})
