import { expect, it } from 'vitest'
import { openSession, type OpenSession } from '../../../../test/support/askDoors.ts'
import { simulatedWorld } from '../../../../test/support/simulated.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { binance } from './binance.ts'

const { world } = simulatedWorld({ venues: ['binance'], rate: 4, assets: 2 })
const market = world.venues.get('binance') as VenueMarket
const perp = market.listing('perp', 'BTCUSDT')!

interface Message {
  readonly e: string
  readonly E: number
  readonly k: { readonly t: number; readonly x: boolean }
  readonly o: { readonly z: string }
}

/** A session with its acknowledgements taken off. */
function subscribed(path: string, ...streams: readonly string[]): OpenSession {
  const session = openSession(binance, market, path)
  session.message(JSON.stringify({ method: 'SUBSCRIBE', params: streams, id: 1 }))
  expect(session.sent.splice(0)).toEqual([{ result: null, id: 1 }])
  return session
}

const secondOf = (ms: number): number => Math.floor(ms / 1000)

/** Lets seconds pass, one at a time; tells what was sent. */
function pass(session: OpenSession, seconds: number, stepMs = 1000): readonly Message[] {
  for (let second = 0; second < seconds; second++) {
    world.advanceTo(market.now() + stepMs)
    session.tick(market.now())
  }
  return session.sent as Message[]
}

it.each([
  ['futures on the path of books', '/public/ws', 'btcusdt@aggTrade'],
  ['futures on the path of accounts', '/private/ws', 'btcusdt@markPrice'],
  ['single fills on the path of the rest', '/market/ws', 'btcusdt@trade'],
  ["futures' mark price on spot's path", '/ws', 'btcusdt@markPrice@1s'],
  ["futures' liquidations on spot's path", '/ws', '!forceOrder@arr'],
  ["spot's tickers of all, which have ended", '/ws', '!ticker@arr'],
  ['an instrument that is not listed', '/market/ws', 'nothing@ticker'],
  ['a name in capitals', '/market/ws', 'BTCUSDT@aggTrade'],
  ['an interval that futures do not have', '/market/ws', 'btcusdt@kline_1s'],
])('acknowledges %s and sends nothing', (_, path, stream) => {
  expect(pass(subscribed(path, stream), 10)).toEqual([])
})

it('takes streams from the path and from the query, and names them in an envelope on the paths for many', () => {
  const one = openSession(binance, market, '/market/ws/btcusdt@aggTrade')
  const many = openSession(binance, market, '/market/stream?streams=btcusdt@aggTrade/ethusdt@markPrice@1s')
  pass(one, 5)
  pass(many, 5)
  expect(one.sent[0]).toMatchObject({ e: 'aggTrade', s: 'BTCUSDT' })
  expect(new Set(many.sent.map((each) => (each as { stream: string }).stream))).toEqual(
    new Set(['btcusdt@aggTrade', 'ethusdt@markPrice@1s']),
  )
})

it('sends nothing more of a stream that is given up', () => {
  const session = subscribed('/ws', 'btcusdt@aggTrade')
  session.message(JSON.stringify({ method: 'UNSUBSCRIBE', params: ['btcusdt@aggTrade'], id: 2 }))
  expect(pass(session, 5)).toEqual([{ result: null, id: 2 }])
})

it('sends each aggregate once, in order, and its fills so that they sum to it', () => {
  const aggregates = subscribed('/market/ws', 'btcusdt@aggTrade')
  const fills = subscribed('/public/ws', 'btcusdt@trade')
  pass(aggregates, 30)
  const told = aggregates.sent as { a: number; q: string; f: number; l: number }[]
  expect(told.map(({ a }) => a)).toEqual(told.map((_, i) => told[0]!.a + i))
  const single = fills.sent as { t: number; q: string }[]
  for (const { q, f, l } of told) {
    const of = single.filter(({ t }) => t >= f && t <= l)
    expect(of).toHaveLength(l - f + 1)
    expect(of.reduce((sum, each) => sum + Number(each.q), 0)).toBeCloseTo(Number(q), 8)
  }
})

it('tells a candle as closed once, behind all its running states', () => {
  const told = pass(subscribed('/market/ws', 'btcusdt@kline_1m'), 150).map(({ k }) => k)
  const minutes = [...new Set(told.map(({ t }) => t))]
  for (const minute of minutes.slice(0, -1)) {
    const states = told.filter(({ t }) => t === minute).map(({ x }) => x)
    expect(states.filter(Boolean)).toEqual([true])
    expect(states.at(-1)).toBe(true)
  }
  expect(minutes.length).toBeGreaterThan(2)
})

it('tells every candle that closed, also where its clock jumps', () => {
  const told = pass(subscribed('/ws', 'btcusdt@kline_1m'), 3, 150_000).map(({ k }) => k)
  const closed = told.filter(({ x }) => x).map(({ t }) => t)
  expect(closed).toEqual(closed.map((_, i) => closed[0]! + i * 60_000))
  expect(closed.length).toBeGreaterThanOrEqual(7)
})

it.each([
  ['/ws', 'btcusdt@kline_1m', 2],
  ['/ws', 'btcusdt@ticker', 1],
  ['/market/ws', 'btcusdt@kline_1h', 1],
  ['/market/ws', 'btcusdt@ticker', 2],
  ['/market/ws', 'btcusdt@markPrice', 3],
  ['/market/ws', 'btcusdt@markPrice@1s', 1],
])('pushes at %s %s every %i s', (path, stream, seconds) => {
  const times = pass(subscribed(path, stream), 24).map(({ E }) => E)
  const gaps = new Set(times.slice(1).map((at, i) => at - times[i]!))
  // A candle that closes is told besides.
  expect([...gaps].toSorted().at(-1)).toBe(seconds * 1000)
  expect(times.length).toBeLessThanOrEqual(24 / seconds + 1)
})

it('lists in a ticker of all what has changed, and nothing where nothing has', () => {
  const session = subscribed('/market/ws', '!miniTicker@arr')
  pass(session, 20)
  expect(session.sent.length).toBeGreaterThan(5)
  session.sent.splice(0)
  session.tick(market.now() + 1000)
  session.tick(market.now() + 2000)
  expect(session.sent).toEqual([])
})

it('sends of several liquidations in a second the latest alone, when that second is over', () => {
  const session = subscribed('/market/ws', 'btcusdt@forceOrder')
  const before = market.liquidations(perp).length
  const latest = new Map<number, number>()
  let most = 0
  while (most < 2) {
    for (const account of market.positions(perp)) account.entry = market.mark(perp) * (account.lots > 0 ? 2 : 0.5)
    pass(session, 1)
    const over = market
      .liquidations(perp)
      .slice(before)
      .filter(({ at }) => secondOf(at) < secondOf(market.now()))
    latest.clear()
    for (const { at, lots } of over) latest.set(secondOf(at), lots)
    most = Math.max(...[...latest.keys()].map((second) => over.filter(({ at }) => secondOf(at) === second).length))
  }
  const sizes = (session.sent as Message[]).map(({ o }) => Math.round(Number(o.z) / perp.lot))
  expect(sizes).toEqual([...latest.values()])
})

it('does not put the liquidation of a second that has just begun in the place of the last one', () => {
  const session = subscribed('/market/ws', 'btcusdt@forceOrder')
  pass(session, 1)
  session.sent.splice(0)
  const second = Math.floor(market.now() / 1000) * 1000
  const liquidation = { ...market.liquidations(perp).at(-1)!, lots: 1 }
  session.event({ is: 'liquidation', listing: perp, liquidation: { ...liquidation, at: second - 400 } })
  session.event({ is: 'liquidation', listing: perp, liquidation: { ...liquidation, at: second, lots: 2 } })
  pass(session, 1)
  expect((session.sent as Message[]).map(({ o }) => Number(o.z))).toEqual([1 * perp.lot, 2 * perp.lot])
})

it.each([
  ['/ws', 5],
  ['/market/ws', 10],
])('ends a connection at %s that sends more than %i messages in a second', (path, most) => {
  const session = openSession(binance, market, path)
  for (let id = 1; id <= most; id++) session.message(JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', id }))
  expect(session.sent).toHaveLength(most)
  expect(session.closedWith()).toBeUndefined()
  session.message(JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', id: most + 1 }))
  expect(session.closedWith()).toBe(1008)
})

it.each([
  ['/ws', 1024],
  ['/market/ws', 200],
])('refuses at %s what goes beyond %i streams', (path, most) => {
  const names = Array.from({ length: most }, (_, i) => `coin${i}@aggTrade`)
  const session = subscribed(path, ...names)
  session.message(JSON.stringify({ method: 'SUBSCRIBE', params: ['btcusdt@aggTrade'], id: 2 }))
  session.message(JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', id: 3 }))
  expect(session.sent).toEqual([
    { code: 2, msg: 'Invalid request: too many parameters' },
    { result: names, id: 3 },
  ])
})

it('pings, and ends a connection after a day', () => {
  const session = openSession(binance, market, '/ws')
  const futures = openSession(binance, market, '/market/ws')
  const opened = market.now()
  for (let second = 1; second <= 360; second++) {
    session.tick(opened + second * 1000)
    futures.tick(opened + second * 1000)
  }
  expect([session.pings(), futures.pings()]).toEqual([18, 2])
  session.tick(opened + 86_400_000)
  expect(session.closedWith()).toBe(1008)
})

it('serves no socket anywhere else', () => expect(() => openSession(binance, market, '/ws-api/v3')).toThrow(RangeError))
