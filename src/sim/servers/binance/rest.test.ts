import { afterAll, expect, it } from 'vitest'
import { askDoors } from '../../../../test/support/askDoors.ts'
import { simulatedWorld } from '../../../../test/support/simulated.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { serveVenue } from '../venueServer.ts'
import { binance } from './binance.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const { world } = simulatedWorld({ venues: ['binance'], rate: 0.2, minutesBefore: 26 * 60 })
const market = world.venues.get('binance') as VenueMarket
const [spot, perp] = [market.listing('spot', 'BTCUSDT')!, market.listing('perp', 'BTCUSDT')!]
const server = await serveVenue(binance, market)
afterAll(() => server.close())

const rows = <T>(address: string): readonly T[] => askDoors(binance, market, address).body as readonly T[]
const ask = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${server.port}${path}`)

interface Aggregate {
  readonly a: number
  readonly T: number
}

it('walks the whole history of spot by ids, which begin at 0 and have no hole', () => {
  const ids: number[] = []
  for (let next = 0; ; next = ids.at(-1)! + 1) {
    const page = rows<Aggregate>(`/api/v3/aggTrades?symbol=BTCUSDT&fromId=${next}&limit=1000`)
    ids.push(...page.map(({ a }) => a))
    if (page.length < 1000) break
  }
  expect(ids).toEqual(market.trades(spot).map((_, i) => i))
  expect(ids.length).toBeGreaterThan(1000)
})

it('keeps trades of futures for a day, whatever is asked', () => {
  const oldest = market.now() - 24 * HOUR
  const kept = market.trades(perp).find(({ at }) => at >= oldest)!
  expect(rows<Aggregate>('/fapi/v1/aggTrades?symbol=BTCUSDT&fromId=1&limit=1')[0]).toMatchObject({ a: kept.seq })
  expect(rows<Aggregate>('/fapi/v1/aggTrades?symbol=BTCUSDT&startTime=1&limit=1')[0]).toMatchObject({ T: kept.at })
  expect(market.trades(perp)[0]!.at).toBeLessThan(oldest)
})

it('gives the oldest trades from a start on, and the newest up to an end', () => {
  const at = market.trades(perp).at(-900)!.at
  const times = market.trades(perp).map((trade) => trade.at)
  const asked = (query: string): readonly number[] =>
    rows<Aggregate>(`/fapi/v1/aggTrades?symbol=BTCUSDT&limit=50&${query}`).map(({ T }) => T)
  expect(asked(`startTime=${at}`)).toEqual(times.filter((time) => time >= at).slice(0, 50))
  expect(asked(`endTime=${at}`)).toEqual(times.filter((time) => time <= at).slice(-50))
  expect(asked('')).toEqual(times.slice(-50))
  const within = times.filter((time) => time >= at && time <= at + MINUTE)
  expect(asked(`startTime=${at}&endTime=${at + MINUTE}`)).toEqual(within.slice(0, 50))
})

it('gives candles from a start on, or the newest up to an end, the running one last', () => {
  const asked = (query: string): readonly number[] =>
    rows<readonly [number]>(`/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=3&${query}`).map(([at]) => at)
  const minute = Math.floor(market.now() / MINUTE) * MINUTE
  const at = minute - 100 * MINUTE
  expect(asked('')).toEqual([minute - 2 * MINUTE, minute - MINUTE, minute])
  expect(asked(`startTime=${at}`)).toEqual([at, at + MINUTE, at + 2 * MINUTE])
  expect(asked(`endTime=${at}`)).toEqual([at - 2 * MINUTE, at - MINUTE, at])
  expect(asked(`startTime=${at}&endTime=${at + MINUTE}`)).toEqual([at, at + MINUTE])
})

it('gives fewer candles of spot than are asked beyond the most', () =>
  expect(rows('/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=5000')).toHaveLength(1000))

it('sums what takers traded over the whole period of a row', () => {
  const path = '/futures/data/takerlongshortRatio?symbol=BTCUSDT'
  const [hour] = rows<{ buyVol: string; timestamp: number }>(`${path}&period=1h&limit=1`)
  const parts = rows<{ buyVol: string }>(`${path}&period=5m&endTime=${hour!.timestamp}&limit=12`)
  expect(Number(hour!.buyVol)).toBeCloseTo(
    parts.reduce((sum, { buyVol }) => sum + Number(buyVol), 0),
    3,
  )
})

it('has a row of accounts six seconds after its instant', () => {
  const newest = (): number =>
    rows<{ timestamp: number }>('/futures/data/openInterestHist?symbol=BTCUSDT&period=5m').at(-1)!.timestamp
  const next = newest() + 5 * MINUTE
  world.advanceTo(Math.max(market.now(), next + 5_999))
  expect(newest()).toBe(next - 5 * MINUTE)
  world.advanceTo(next + 6_000)
  expect(newest()).toBe(next)
})

it('mixes what all paid where no symbol is named, oldest first', () => {
  const paid = rows<{ symbol: string; fundingTime: number }>('/fapi/v1/fundingRate')
  expect(new Set(paid.map(({ symbol }) => symbol)).size).toBe(3)
  expect(paid.map(({ fundingTime }) => fundingTime)).toEqual(paid.map(({ fundingTime }) => fundingTime).toSorted())
  expect(paid.length).toBeGreaterThan(6)
})

it('lists funding intervals of some instruments only', () => {
  const listed = rows<{ symbol: string }>('/fapi/v1/fundingInfo').map(({ symbol }) => symbol)
  expect(listed.length).toBeGreaterThan(0)
  expect(listed.length).toBeLessThan(market.listings.filter((each) => each.market === 'perp').length)
})

it('refuses a ticker list with a name that is not listed', () => {
  expect(askDoors(binance, market, '/api/v3/ticker/24hr?symbols=["BTCUSDT","NONE"]')).toMatchObject({
    status: 400,
    body: { code: -1121 },
  })
})

it('counts weights, tells them, and refuses what is too much', async () => {
  const used = async (path: string): Promise<string | null> => (await ask(path)).headers.get('x-mbx-used-weight-1m')
  expect(await used('/api/v3/ticker/24hr')).toBe('80')
  expect(await used('/api/v3/ticker/24hr?symbols=["BTCUSDT","ETHUSDT"]')).toBe('82')
  expect(await used('/api/v3/klines?symbol=BTCUSDT&interval=1m')).toBe('84')
  expect(await used('/fapi/v1/aggTrades?symbol=BTCUSDT')).toBe('20')
  expect(await used('/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=99')).toBe('21')
  // Neither of these pools is told.
  expect(await used('/fapi/v1/fundingRate?symbol=BTCUSDT')).toBeNull()
  expect(await used('/futures/data/openInterestHist?symbol=BTCUSDT&period=5m')).toBeNull()
  await Promise.all(Array.from({ length: 118 }, () => ask('/fapi/v1/aggTrades?symbol=BTCUSDT&limit=1')))
  const refused = await ask('/fapi/v1/aggTrades?symbol=BTCUSDT&limit=1')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(refused.headers.get('x-mbx-used-weight-1m')).toBe('2401')
  expect(await refused.json()).toEqual({
    code: -1003,
    msg: 'Too much request weight used; current limit is 2400 request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.',
  })
  // Spot is counted apart.
  expect((await ask('/api/v3/time')).status).toBe(200)
})

it('answers a page where there is no door', async () => {
  const answer = await ask('/api/v3/allForceOrders')
  expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html'])
})
