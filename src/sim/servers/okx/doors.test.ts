import { describe, expect, it } from 'vitest'
import { askDoors } from '../../../../test/support/askDoors.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/instant.ts'
import { WORLD_ASSETS } from '../../market/live/assets.ts'
import { newWorld } from '../../market/live/world.ts'
import { okx } from './okx.ts'

const START = Date.UTC(2026, 0, 1, 10)
const spec = { seed: 'doors', assets: WORLD_ASSETS.slice(0, 1), startAt: START, rate: 0.1, pastHours: 24 * 90 }
const world = newWorld({ ...spec, venues: ['okx'] })
world.advanceTo(START + 30 * HOUR_MS + 12_345)
const market = world.venues.get('okx')!
const linear = market.listing('perp', 'BTC-USDT-SWAP')!
const inverse = market.listing('perp', 'BTC-USD-SWAP')!

function ask(path: string, query: Readonly<Record<string, string>>): { code: string; data: string[][] } {
  const address = `/api/v5/${path}?${String(new URLSearchParams(query))}`
  return askDoors(okx, market, address).body as { code: string; data: string[][] }
}

const openings = (path: string, query: Readonly<Record<string, string>>): readonly number[] =>
  ask(path, { instId: 'BTC-USDT-SWAP', ...query }).data.map(([ts]) => Number(ts))

describe('candles', () => {
  it('come newest first, the first one running', () => {
    const { data } = ask('market/candles', { instId: 'BTC-USDT', limit: '3' })
    expect(data.map((row) => row.at(-1))).toEqual(['0', '1', '1'])
    const minute = Math.floor(market.now() / MINUTE_MS) * MINUTE_MS
    expect(data.map(([ts]) => Number(ts))).toEqual([minute, minute - MINUTE_MS, minute - 2 * MINUTE_MS])
  })

  it('leave out the bars that "after" and "before" name, and give the latest where "before" stands alone', () => {
    const hour = Math.floor(market.now() / HOUR_MS) * HOUR_MS
    const between = { bar: '1H', after: String(hour), before: String(hour - 3 * HOUR_MS) }
    expect(openings('market/candles', between)).toEqual([hour - HOUR_MS, hour - 2 * HOUR_MS])
    const alone = { bar: '1H', before: String(hour - 20 * HOUR_MS), limit: '2' }
    expect(openings('market/candles', alone)).toEqual([hour, hour - HOUR_MS])
  })

  it('reach 1440 bars back; history goes on from there and has no running bar', () => {
    const latest = Math.floor(market.now() / HOUR_MS) * HOUR_MS
    const oldest = latest - 1439 * HOUR_MS
    expect(openings('market/candles', { bar: '1H', after: String(oldest + HOUR_MS) })).toEqual([oldest])
    expect(openings('market/candles', { bar: '1H', after: String(oldest) })).toEqual([])
    expect(openings('market/history-candles', { bar: '1H', after: String(oldest), limit: '1' })).toEqual([
      oldest - HOUR_MS,
    ])
    expect(openings('market/history-candles', { bar: '1H' })[0]).toBe(latest - HOUR_MS)
  })

  it('of six hours and more open by the clock of UTC+8 unless they are named utc', () => {
    const open = (bar: string, stepMs: number): number => openings('market/candles', { bar, limit: '2' })[1]! % stepMs
    expect(open('1D', DAY_MS)).toBe(16 * HOUR_MS)
    expect(open('1Dutc', DAY_MS)).toBe(0)
    expect(open('6H', 6 * HOUR_MS)).toBe(4 * HOUR_MS)
    expect(open('4H', 4 * HOUR_MS)).toBe(0)
    const [week, weekUtc] = ['1W', '1Wutc'].map((bar) => new Date(openings('market/candles', { bar })[0]!))
    expect([week!.getUTCDay(), week!.getUTCHours()]).toEqual([0, 16])
    expect([weekUtc!.getUTCDay(), weekUtc!.getUTCHours()]).toEqual([1, 0])
    const month = new Date(openings('market/candles', { bar: '1Mutc' })[0]!)
    expect([month.getUTCDate(), month.getUTCHours()]).toEqual([1, 0])
  })

  it('count coins and quote twice on spot; contracts, coins and quote of swaps', () => {
    const [spot] = ask('market/candles', { instId: 'BTC-USDT', bar: '1H', after: String(market.now() - HOUR_MS) }).data
    expect(spot![6]).toBe(spot![7])
    const last = { bar: '1H', after: String(market.now() - HOUR_MS), limit: '1' }
    const [, , , , close, vol, volCcy, quote] = ask('market/candles', { instId: 'BTC-USDT-SWAP', ...last }).data[0]!
    expect(Number(volCcy)).toBeCloseTo(Number(vol) * linear.lot, 6)
    expect(Number(quote) / Number(volCcy) / Number(close)).toBeCloseTo(1, 1)
    const row = ask('market/candles', { instId: 'BTC-USD-SWAP', ...last }).data[0]!
    expect(Number(row[7])).toBeCloseTo(Number(row[5]) * inverse.lot, 1)
    expect(Number(row[7]) / Number(row[6]) / Number(row[4])).toBeCloseTo(1, 1)
  })

  it('are refused for a length that there is not', () => {
    for (const bar of ['1h', '1s', '5D', '']) {
      expect(ask('market/candles', { instId: 'BTC-USDT', bar }).code, bar).toBe('51000')
    }
    expect(ask('market/candles', {}).code).toBe('50014')
    expect(ask('market/candles', { instId: 'GONE' }).code).toBe('51001')
  })
})

describe('trades', () => {
  interface Row {
    readonly tradeId: string
    readonly ts: string
  }
  const rows = (query: Readonly<Record<string, string>>): readonly Row[] =>
    ask('market/history-trades', { instId: 'BTC-USDT-SWAP', ...query }).data as unknown as Row[]

  it('fall by one id from row to row, page after page', () => {
    const [first, second] = [rows({}), rows({ after: rows({}).at(-1)!.tradeId })]
    const ids = [...first, ...second].map(({ tradeId }) => Number(tradeId))
    expect(ids).toEqual(ids.map((_, i) => ids[0]! - i))
    expect(ids).toHaveLength(200)
  })

  it('lie between the ids that are named, neither included', () => {
    const ids = rows({ before: '10', after: '14' }).map(({ tradeId }) => tradeId)
    expect(ids).toEqual(['13', '12', '11'])
    expect(rows({ before: '10', limit: '1' })).toEqual(rows({ limit: '1' }))
  })

  it('of type 2 come before a time', () => {
    const at = market.trades(linear).at(-300)!.at
    const [first] = rows({ type: '2', after: String(at) })
    expect(Number(first!.ts)).toBe(market.trades(linear).at(-301)!.at)
  })

  it('end where the venue forgets them: five hundred by the other door', () => {
    expect(ask('market/trades', { instId: 'BTC-USDT-SWAP', limit: '9999' }).data).toHaveLength(500)
    expect(rows({ limit: '9999' })).toHaveLength(100)
  })
})

describe('statistics', () => {
  const last = market.snapshots(linear).at(-1)!

  it('give open interest of one side in contracts, coins and dollars', () => {
    const path = 'rubik/stat/contracts/open-interest-history'
    const numbers = (instId: string): readonly number[] => ask(path, { instId }).data[0]!.map(Number)
    const [at, contracts, coins, dollars] = numbers('BTC-USDT-SWAP')
    expect([at, contracts]).toEqual([last.at, last.longLots])
    expect(coins).toBeCloseTo(last.longLots * linear.lot, 8)
    expect(dollars).toBeCloseTo(last.longLots * linear.lot * last.mark, 4)
    const { longLots, mark } = market.snapshots(inverse).at(-1)!
    const [, contractsInverse, coinsInverse, dollarsInverse] = numbers('BTC-USD-SWAP')
    expect([contractsInverse, dollarsInverse]).toEqual([longLots, longLots * 100])
    expect(coinsInverse).toBeCloseTo((longLots * 100) / mark, 6)
  })

  it('name what takers sold first, in the unit that is asked for', () => {
    const path = 'rubik/stat/taker-volume-contract'
    const numbers = (query: Readonly<Record<string, string>>): readonly number[] =>
      ask(path, { instId: 'BTC-USDT-SWAP', ...query }).data[0]!.map(Number)
    expect(numbers({})).toEqual([last.at, last.soldLots, last.boughtLots])
    expect(numbers({ unit: '1' })).toEqual(numbers({}))
    expect(numbers({ unit: '0' })[1]).toBeCloseTo(last.soldLots * linear.lot, 8)
    expect(numbers({ unit: '2' })[2]).toBeCloseTo(last.boughtLots * linear.lot * last.mark, 4)
    const [hour, sold] = numbers({ period: '1H' })
    const inHour = market.snapshots(linear).filter(({ at }) => at > hour! - HOUR_MS && at <= hour!)
    expect(inHour).toHaveLength(12)
    expect(sold).toBe(inHour.reduce((sum, { soldLots }) => sum + soldLots, 0))
  })

  it('give one number a ratio: long over short', () => {
    const ratio = (path: string): number =>
      Number(ask(`rubik/stat/contracts/${path}`, { instId: 'BTC-USDT-SWAP' }).data[0]![1])
    expect(ratio('long-short-account-ratio-contract')).toBeCloseTo(
      last.longAccounts / Math.max(1, last.shortAccounts),
      12,
    )
    expect(ratio('long-short-account-ratio-contract-top-trader')).toBeCloseTo(
      last.topLongAccounts / Math.max(1, last.topShortAccounts),
      12,
    )
    expect(ratio('long-short-position-ratio-contract-top-trader')).toBeCloseTo(
      last.topLongLots / Math.max(1, last.topShortLots),
      12,
    )
  })

  it('are paged by time, a hundred rows at most, and have no row for a period that runs', () => {
    const path = 'rubik/stat/contracts/long-short-account-ratio-contract'
    const first = openings(path, { limit: '500' })
    expect(first).toHaveLength(100)
    expect(first[0]).toBe(Math.floor(market.now() / (5 * MINUTE_MS)) * 5 * MINUTE_MS)
    const second = openings(path, { end: String(first.at(-1)) })
    expect(second[0]).toBe(first.at(-1)! - 5 * MINUTE_MS)
    expect(openings(path, { begin: String(first[3]) })).toEqual(first.slice(0, 3))
  })

  it('of a whole coin reach less far, and refuse what is older', () => {
    const path = 'rubik/stat/contracts/open-interest-volume'
    expect(ask(path, { ccy: 'BTC', begin: String(market.now() - 3 * DAY_MS) }).code).toBe('50030')
    expect(ask(path, { ccy: 'BTC' }).data.length).toBeGreaterThan(200)
  })
})

describe('funding', () => {
  it('is told of all swaps at once', () => expect(ask('public/funding-rate', { instId: 'ANY' }).data).toHaveLength(2))

  it('in history names what was paid apart from what was forecast', () => {
    const rows = ask('public/funding-rate-history', { instId: 'BTC-USDT-SWAP' }).data as unknown as {
      readonly realizedRate: string
      readonly fundingRate: string
    }[]
    expect(Number(rows[0]!.realizedRate)).toBe(market.fundings(linear).at(-1)!.rate)
    expect(rows[0]!.fundingRate).not.toBe(rows[0]!.realizedRate)
  })
})

it('asks for what it needs of margin tiers', () => {
  const tiers = (query: Readonly<Record<string, string>>): string => ask('public/position-tiers', query).code
  expect(tiers({ instType: 'SWAP', instFamily: 'BTC-USDT' })).toBe('50014')
  expect(tiers({ instType: 'SWAP', tdMode: 'cross' })).toBe('50015')
  expect(tiers({ instType: 'SWAP', tdMode: 'cross', instFamily: 'a,b,c,d,e,f' })).toBe('51000')
  expect(tiers({ instType: 'SWAP', tdMode: 'cross', uly: 'BTC-USDT' })).toBe('0')
})

it('has mark prices of pairs on spot under MARGIN only', () => {
  expect(ask('public/mark-price', { instType: 'SPOT' }).code).toBe('51000')
  expect(ask('public/mark-price', { instType: 'MARGIN' }).data).toHaveLength(1)
})
