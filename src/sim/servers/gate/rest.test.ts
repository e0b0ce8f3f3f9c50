import { describe, expect, it } from 'vitest'
import { asking, ruin } from '../../../../test/support/doors.ts'
import { WORLD_ASSETS } from '../../market/live/assets.ts'
import { unitsOf, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { newWorld } from '../../market/live/world.ts'
import { gate, gateDoors } from './gate.ts'

type Row = Readonly<Record<string, string | number | boolean>>

const MINUTE = 60_000
const START = Date.UTC(2025, 3, 22)
const assets = WORLD_ASSETS.slice(0, 3)
const world = newWorld({ seed: 'rest', assets, venues: ['gate'], startAt: START, rate: 5, pastHours: 70 * 24 })
const market = world.venues.get('gate') as VenueMarket
const listing = (which: 'spot' | 'perp', name: string): Listing => market.listing(which, name) as Listing
const [spot, linear, inverse] = [listing('spot', 'ETH_USDT'), listing('perp', 'ETH_USDT'), listing('perp', 'BTC_USD')]
world.advanceTo(START + 8 * MINUTE)
for (const each of [linear, inverse]) ruin(market, each)
world.advanceTo(START + 12 * MINUTE)
const now = world.now()
const ask = asking(gate, market)
const SIZES = { headers: { 'x-gate-size-decimal': '1' } }
const rows = (path: string, options = SIZES): readonly Row[] => ask(`/api/v4${path}`, options)?.body as readonly Row[]
const secondsAgo = (seconds: number): number => Math.floor(now / 1000) - seconds

describe('sizes', () => {
  it('are contracts, each worth its multiplier in coins, or a dollar where the multiplier is 0', () => {
    const [row] = rows('/futures/usdt/contracts').filter(({ name }) => name === 'ETH_USDT')
    const [btc] = rows('/futures/btc/contracts')
    const { longLots } = market.snapshot(linear)
    expect(Number(row?.['position_size']) * Number(row?.['quanto_multiplier'])).toBeCloseTo(
      unitsOf(linear, longLots, market.mark(linear)),
      9,
    )
    expect([btc?.['type'], btc?.['quanto_multiplier']]).toEqual(['inverse', '0'])
    expect(Number(btc?.['position_size'])).toBe(market.snapshot(inverse).longLots)
  })

  it('are text where the header asks for it, whole numbers where it does not', () => {
    const path = '/futures/usdt/trades?contract=ETH_USDT&limit=1'
    const [text, number] = [rows(path)[0]?.['size'], rows(path, { headers: {} } as typeof SIZES)[0]?.['size']]
    expect(text).toBe(String(number))
    expect(number).toBeTypeOf('number')
  })

  it('of open interest count one side, or both where the world is told so; position_size is always the longs', () => {
    const both = asking(gateDoors('both sides'), market)
    const { longLots } = market.snapshot(linear)
    const of = (path: string, field: string): number =>
      Number((both(`/api/v4/futures/usdt/${path}`)!.body as readonly Row[]).at(-1)?.[field])
    expect(Number(rows('/futures/usdt/tickers?contract=ETH_USDT')[0]?.['total_size'])).toBe(longLots)
    expect(of('tickers?contract=ETH_USDT', 'total_size')).toBe(2 * longLots)
    expect(of('contract_stats?contract=ETH_USDT', 'open_interest')).toBe(2 * longLots)
    const [row] = (both('/api/v4/futures/usdt/contracts')!.body as readonly Row[]).filter(
      (each) => each['name'] === 'ETH_USDT',
    )
    expect(row?.['position_size']).toBe(longLots)
  })
})

describe('trades', () => {
  const truth = market.trades(spot)

  it('come newest first, page by page', () => {
    const pages = [1, 2, 3].flatMap((page) => rows(`/spot/trades?currency_pair=ETH_USDT&limit=40&page=${page}`))
    expect(pages.map(({ id }) => id)).toEqual(
      truth
        .slice(-120)
        .toReversed()
        .map((trade) => gate.tradeId(spot, trade)),
    )
  })

  it('of spot count over all markets, and one by one within theirs', () => {
    const [eth, btc] = ['ETH_USDT', 'BTC_USDT'].map((name) => rows(`/spot/trades?currency_pair=${name}&limit=1000`))
    expect(new Set([...eth!, ...btc!].map(({ id }) => id)).size).toBe(eth!.length + btc!.length)
    const places = eth!.map((row) => Number(row['sequence_id']))
    expect(places.every((place, i) => i === 0 || place === places[i - 1]! - 1)).toBe(true)
  })

  it('have their time in three forms', () => {
    const [row] = rows('/spot/trades?currency_pair=ETH_USDT&limit=1')
    expect(row?.['create_time_ms']).toMatch(new RegExp(`^${truth.at(-1)?.at}\\.\\d{6}$`))
    const [perp] = rows('/futures/usdt/trades?contract=ETH_USDT&limit=1')
    expect(perp?.['create_time_ms']).toBe(market.trades(linear).at(-1)!.at / 1000)
  })

  it('lie between two instants, both included', () => {
    const [from, to] = [secondsAgo(90), secondsAgo(30)]
    for (const [path, is] of [
      ['/spot/trades?currency_pair=ETH_USDT', spot],
      ['/futures/usdt/trades?contract=ETH_USDT', linear],
    ] as const) {
      const inside = market.trades(is).filter(({ at }) => at >= from * 1000 && at <= to * 1000)
      const found = rows(`${path}&from=${from}&to=${to}&limit=1000`)
      expect(found.map(({ id }) => String(id))).toEqual(inside.toReversed().map((trade) => gate.tradeId(is, trade)))
    }
  })

  it('follow an id, or lie before it', () => {
    const middle = truth.at(-100)!
    const id = gate.tradeId(spot, middle)
    const seqs = (path: string): readonly number[] => rows(path).map((row) => Number(row['sequence_id']))
    const path = `/spot/trades?currency_pair=ETH_USDT&limit=3&last_id=${id}`
    expect(seqs(path)).toEqual([3, 2, 1].map((i) => middle.seq + i))
    expect(seqs(`${path}&reverse=true`)).toEqual([1, 2, 3].map((i) => middle.seq - i))
    const perp = rows('/futures/usdt/trades?contract=ETH_USDT&limit=2&last_id=50')
    expect(perp.map((row) => row['id'])).toEqual([49, 48])
  })

  it('beyond a hundred thousand rows of pages are refused', () =>
    expect(ask('/api/v4/spot/trades?currency_pair=ETH_USDT&limit=1000&page=102')?.status).toBe(400))
})

describe('candles', () => {
  it('of spot have the quote volume second, and say of the last that it is open', () => {
    const bars = rows('/spot/candlesticks?currency_pair=ETH_USDT&interval=1m&limit=3') as unknown as readonly string[][]
    const truth = market.candles(spot, { stepMs: MINUTE, from: now - 3 * MINUTE + 1, to: now + 1 })
    expect(bars.map((bar) => bar.map((text) => (text === 'true' || text === 'false' ? text : Number(text))))).toEqual(
      truth.map(({ at, quoteValue, close, high, low, open, units }, i) =>
        [at / 1000, quoteValue, close, high, low, open, units]
          .map((value) => Number(value.toFixed(8)))
          .concat((i === 2 ? 'false' : 'true') as unknown as number),
      ),
    )
  })

  it('take limit, or from and to, not both, and so many rows at most', () => {
    const path = '/api/v4/futures/usdt/candlesticks?contract=ETH_USDT&interval=1m'
    expect(ask(`${path}&limit=5&to=${secondsAgo(0)}`)?.status).toBe(400)
    expect(ask(`${path}&limit=2001`)?.status).toBe(400)
    expect(ask(`${path}&from=${secondsAgo(60 * 2000)}`)?.body).toEqual({
      label: 'INVALID_PARAM_VALUE',
      message: 'Candlestick range too broad',
    })
    expect(
      rows(`/futures/usdt/candlesticks?contract=ETH_USDT&interval=1m&from=${START / 1000}&to=${START / 1000 + 120}`),
    ).toHaveLength(3)
  })

  it('of weeks begin on Mondays, of seven days on Thursdays, of thirty days with the month', () => {
    const opens = (interval: string): readonly Date[] =>
      rows(`/futures/usdt/candlesticks?contract=ETH_USDT&interval=${interval}`).map(
        (row) => new Date(Number(row['t']) * 1000),
      )
    expect(new Set(opens('1w').map((date) => date.getUTCDay()))).toEqual(new Set([1]))
    expect(new Set(opens('7d').map((date) => date.getUTCDay()))).toEqual(new Set([4]))
    expect(opens('30d').map((date) => date.toISOString().slice(0, 10))).toEqual(['2025-03-01', '2025-04-01'])
  })

  it('of seconds hold all that was traded', () => {
    const lots = rows('/futures/usdt/candlesticks?contract=ETH_USDT&interval=10s&limit=30').reduce(
      (sum, row) => sum + Number(row['v']),
      0,
    )
    const since = Math.floor(now / 10_000) * 10_000 - 29 * 10_000
    expect(lots).toBe(market.trades(linear).reduce((sum, trade) => sum + (trade.at >= since ? trade.lots : 0), 0))
  })
})

describe('contract_stats', () => {
  it('tells windows by their start, the last one running, and the ratios by their names', () => {
    const found = rows('/futures/usdt/contract_stats?contract=ETH_USDT&interval=5m&limit=2')
    expect(found.map(({ time }) => time)).toEqual([START / 1000 + 300, START / 1000 + 600])
    for (const row of found) {
      expect(row['lsr_account']).toBe(Number(row['long_users']) / Number(row['short_users']))
      expect(row['lsr_taker']).toBe(Number(row['long_taker_size']) / Number(row['short_taker_size']))
      expect(Number(row['top_lsr_size'])).toBe(Number(row['top_long_size']) / Number(row['top_short_size']))
      expect(row['top_lsr_account']).toBe(Number(row['top_long_account']) / Number(row['top_short_account']))
    }
    expect(Number(found[0]?.['open_interest'])).toBe(market.snapshots(linear).at(-1)?.longLots)
    expect(Number(found[1]?.['open_interest'])).toBe(market.snapshot(linear).longLots)
  })

  it('sums what takers and liquidations did in its window', () => {
    const [row] = rows('/futures/usdt/contract_stats?contract=ETH_USDT&interval=15m&limit=1')
    const trades = market.trades(linear)
    const bought = trades.reduce((sum, { lots, takerBuy }) => sum + (takerBuy ? lots : 0), 0)
    expect(Number(row?.['long_taker_size'])).toBe(bought)
    const longs = market.liquidations(linear).filter(({ position }) => position === 'long')
    const lots = longs.reduce((sum, each) => sum + each.lots, 0)
    expect(Number(row?.['long_liq_size'])).toBe(lots)
    expect(row?.['long_liq_usd_new']).toBeCloseTo(lots * linear.lot * market.mark(linear), 6)
  })

  it('comes forward from an instant', () =>
    expect(
      rows(`/futures/usdt/contract_stats?contract=ETH_USDT&from=${START / 1000}&limit=2`).map(({ time }) => time),
    ).toEqual([START / 1000, START / 1000 + 300]))

  it('gives an inverse contract its dollars as they are', () => {
    const [row] = rows('/futures/btc/contract_stats?contract=BTC_USD&limit=1')
    expect(Number(row?.['open_interest'])).toBe(row?.['open_interest_usd'])
  })
})

describe('liq_orders', () => {
  it('has the position over 0 for a long, its order the other way, and both prices', () => {
    const truth = market.liquidations(linear)
    const found = rows('/futures/usdt/liq_orders?contract=ETH_USDT')
    expect(truth.length).toBeGreaterThan(1)
    const row = (each: Row): string =>
      [each['time'], each['size'], each['order_size'], Number(each['order_price']), Number(each['fill_price'])].join()
    expect(found.map(row).toSorted()).toEqual(
      truth
        .map(({ at, lots, position, bankruptcyPrice, fillPrice }) => {
          const size = position === 'long' ? lots : -lots
          return [Math.floor(at / 1000), size, -size, bankruptcyPrice, fillPrice].join()
        })
        .toSorted(),
    )
  })

  it('refuses more than an hour', () =>
    expect(ask(`/api/v4/futures/usdt/liq_orders?from=${secondsAgo(3700)}`)?.status).toBe(400))
})

it('risk tiers go on without a jump', () => {
  const tiers = rows('/futures/usdt/risk_limit_tiers?contract=ETH_USDT')
  for (const [i, tier] of tiers.entries()) {
    const next = tiers[i + 1]
    if (next === undefined) continue
    const at = (each: Row): number =>
      Number(tier['risk_limit']) * Number(each['maintenance_rate']) - Number(each['deduction'])
    expect(at(next)).toBeCloseTo(at(tier), 6)
  }
})

it('each door counts its own questions, and tells how many are left', () => {
  const counter = (path: string): string =>
    gate.rate.weigh({
      method: 'GET',
      path: `/api/v4${path}`,
      query: new URLSearchParams(),
      body: undefined,
      header: () => undefined,
    }).counter
  expect(counter('/futures/usdt/trades')).toBe(counter('/futures/btc/trades'))
  expect(counter('/futures/usdt/trades')).not.toBe(counter('/futures/usdt/tickers'))
  expect(gate.rate.allow(counter('/spot/trades'))).toEqual({ limit: 200, windowMs: 10_000 })
  expect(gate.rate.headers(60, 'x')).toMatchObject({
    'X-Gate-RateLimit-Requests-Remain': '140',
    'X-Gate-RateLimit-Limit': '200',
  })
})
