import { expect, it } from 'vitest'
import { asking, listening, ruin } from '../../../../test/support/doors.ts'
import { WORLD_ASSETS } from '../../market/live/assets.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { newWorld } from '../../market/live/world.ts'
import { gate } from './gate.ts'

type Row = Readonly<Record<string, unknown>>

const MINUTE = 60_000
const START = Date.UTC(2025, 3, 22)
const assets = WORLD_ASSETS.slice(0, 2)
const world = newWorld({ seed: 'socket', assets, venues: ['gate'], startAt: START, rate: 5, pastHours: 24 })
const market = world.venues.get('gate') as VenueMarket
const listing = (which: 'spot' | 'perp', name: string): Listing => market.listing(which, name) as Listing
const linear = listing('perp', 'ETH_USDT')
world.advanceTo(START + MINUTE)
const ask = asking(gate, market)
const SIZES = { 'x-gate-size-decimal': '1' }
const listen = (path: string, headers: Readonly<Record<string, string>> = SIZES) =>
  listening(gate, { world, market }, path, headers)
const subscribe = (channel: string, ...payload: readonly string[]) => ({ channel, event: 'subscribe', payload })
const rowsOf = (sent: readonly Row[]): readonly Row[] =>
  sent.filter(({ event }) => event === 'update').flatMap(({ result }) => result as Row | readonly Row[])

it('spot trades come one a message, each once, with the ids that REST gives them', () => {
  const { sent, send, live } = listen('/ws/v4/')
  const before = market.trades(listing('spot', 'ETH_USDT')).at(-1)!.seq
  send(subscribe('spot.trades', 'ETH_USDT'))
  live(20_000)
  const told = rowsOf(sent).toReversed()
  const rest = (ask('/api/v4/spot/trades?currency_pair=ETH_USDT&limit=1000')!.body as readonly Row[]).filter(
    (row) => Number(row['sequence_id']) > before,
  )
  const shared = (row: Row): unknown => [
    String(row['id']),
    row['side'],
    row['amount'],
    row['price'],
    row['currency_pair'],
  ]
  expect(told.map(shared)).toEqual(rest.map(shared))
  expect(told.map((row) => String(row['id_market']))).toEqual(rest.map((row) => row['sequence_id']))
  expect(told.map((row) => `${String(row['create_time_ms'])}00`)).toEqual(rest.map((row) => row['create_time_ms']))
  expect(told.every((row) => row['range'] === `${String(row['id_market'])}-${String(row['id_market'])}`)).toBe(true)
})

it('trades of contracts have the sign of the taker and whole milliseconds', () => {
  const { sent, send, live } = listen('/v4/ws/usdt', {})
  send(subscribe('futures.trades', 'ETH_USDT', 'BTC_USDT'))
  live(10_000)
  const told = rowsOf(sent).filter(({ contract }) => contract === 'ETH_USDT')
  const truth = market.trades(linear).slice(-told.length)
  expect(told.map((row) => [row['id'], row['create_time_ms'], row['size']])).toEqual(
    truth.map(({ seq, at, lots, takerBuy }) => [seq, at, takerBuy ? lots : -lots]),
  )
})

it('liquidations are orders: the other sign than on REST, at the price of the order, all within a second', () => {
  const { sent, send, live } = listen('/v4/ws/usdt')
  send(subscribe('futures.public_liquidates', '!all'))
  const before = market.liquidations(linear).length
  ruin(market, linear)
  live(15_000)
  const truth = market.liquidations(linear).slice(before)
  expect(truth.length).toBeGreaterThan(1)
  expect(rowsOf(sent).filter(({ contract }) => contract === 'ETH_USDT')).toEqual(
    truth.map(({ at, position, lots, bankruptcyPrice }) => ({
      contract: 'ETH_USDT',
      time: at,
      size: String(position === 'long' ? -lots : lots),
      price: String(bankruptcyPrice),
    })),
  )
})

it('bars come every two seconds, and nearly always once more when they have closed', () => {
  const { sent, send, live } = listen('/v4/ws/usdt')
  send(subscribe('futures.candlesticks', '10s', 'ETH_USDT'))
  live(20 * MINUTE)
  const rows = rowsOf(sent)
  const closed = rows.filter(({ w }) => w === true)
  const running = rows.filter(({ w }) => w === false)
  expect(running.length).toBe(20 * 30)
  // Some messages are missing, as the document says they may be.
  expect(closed.length).toBeLessThan(120)
  expect(closed.length).toBeGreaterThan(100)
  for (const bar of closed.slice(0, 10)) {
    const inside = market.trades(linear).filter(({ at }) => Math.floor(at / 10_000) * 10 === bar['t'])
    expect(bar['v']).toBe(String(inside.reduce((sum, { lots }) => sum + lots, 0)))
  }
})

it('bars of the mark price have no volume', () => {
  const { sent, send, live } = listen('/v4/ws/usdt')
  send(subscribe('futures.candlesticks', '1m', 'mark_ETH_USDT'))
  live(4000)
  const [bar] = rowsOf(sent)
  expect(Object.keys(bar!).toSorted()).toEqual(['c', 'h', 'l', 'n', 'o', 't', 'w'])
  expect(bar?.['n']).toBe('1m_mark_ETH_USDT')
})

it('a channel carries what it was subscribed to, until it is unsubscribed', () => {
  const { sent, send, live } = listen('/v4/ws/usdt')
  send(subscribe('futures.tickers', 'ETH_USDT'))
  send(subscribe('futures.tickers', 'BTC_USDT'))
  live(2000)
  expect(new Set(rowsOf(sent).map(({ contract }) => contract))).toEqual(new Set(['ETH_USDT', 'BTC_USDT']))
  send({ channel: 'futures.tickers', event: 'unsubscribe', payload: ['ETH_USDT'] })
  const length = sent.length
  live(2000)
  expect(new Set(rowsOf(sent.slice(length)).map(({ contract }) => contract))).toEqual(new Set(['BTC_USDT']))
})

it('a refused request subscribes to nothing', () => {
  const { sent, send, live } = listen('/ws/v4/')
  send(subscribe('spot.trades', 'ETH_USDT', 'NONE_USDT'))
  live(10_000)
  expect(sent).toHaveLength(1)
})

it.each([
  ['/v4/ws/usdt', subscribe('futures.trades', 'BTC_USD'), 2],
  ['/v4/ws/usdt', subscribe('spot.trades', 'BTC_USDT'), 2],
  ['/ws/v4', subscribe('spot.contract_stats', 'BTC_USDT'), 2],
  ['/v4/ws/usdt', subscribe('futures.candlesticks', 'BTC_USDT', '1m'), 2],
  ['/v4/ws/usdt', subscribe('futures.contract_stats', '1m', 'BTC_USDT'), 2],
  ['/v4/ws/usdt', subscribe('futures.liquidates', '20011', 'BTC_USDT'), 4],
  ['/v4/ws/usdt', { channel: 'futures.trades', event: 'listen', payload: ['BTC_USDT'] }, 1],
  ['/v4/ws/usdt', 'not JSON', 1],
] as const)('on %s, %j is refused with code %i', (path, message, code) => {
  const { sent, send } = listen(path)
  send(message)
  expect(sent).toMatchObject([{ error: { code }, result: { status: 'fail' } }])
})

it('without a settlement in the path, contracts settled in BTC are served', () => {
  const { sent, send, live } = listen('/v4/ws')
  send(subscribe('futures.trades', 'BTC_USD'))
  live(3000)
  expect(rowsOf(sent)[0]).toMatchObject({ contract: 'BTC_USD' })
})

it('the binary form is not served', () => expect(() => listen('/v4/ws/usdt/sbe')).toThrow('no socket'))
