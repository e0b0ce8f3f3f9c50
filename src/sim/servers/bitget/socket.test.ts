import { expect, it } from 'vitest'
import { simulatedWorld } from '../../../../test/support/simulated.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { SocketSession } from '../door.ts'
import { connect } from './socket.ts'
import { tradeId } from './tradeId.ts'

const { world } = simulatedWorld({ venues: ['bitget'], assets: 2, rate: 4 })
const market = world.venues.get('bitget') as VenueMarket
const perp = market.listing('perp', 'BTCUSDT')!

interface Message {
  readonly event?: string
  readonly code?: number
  readonly action?: string
  readonly data: readonly (Readonly<Record<string, string>> & readonly string[])[]
}

interface Opened extends SocketSession {
  readonly sent: Message[]
  readonly closed: number[]
  /** Lets time pass on the clock of the client. */
  readonly wait: (ms: number) => void
  readonly ask: (op: string, ...args: readonly object[]) => void
}

function opened(path = '/v2/ws/public'): Opened {
  const [sent, closed]: [Message[], number[]] = [[], []]
  let clock = 0
  const session = connect(path, {
    market,
    counting: 'one side',
    clock: () => clock,
    send: (message) => void sent.push(message as Message),
    line: { header: () => undefined, ping: () => undefined, close: (code) => void closed.push(code) },
  })!
  market.subscribe((event) => session.event(event))
  return {
    sent,
    closed,
    wait: (ms) => void (clock += ms),
    message: (text) => session.message(text),
    event: (event) => session.event(event),
    tick: (now) => session.tick(now),
    ask: (op, ...args) => session.message(JSON.stringify({ op, args })),
  }
}

const arg = (channel: string, instType = 'USDT-FUTURES', instId = 'BTCUSDT'): object => ({ instType, channel, instId })

/** Lets seconds of the market pass, one at a time. */
function pass(session: Opened, seconds: number): void {
  for (let second = 0; second < seconds; second++) {
    world.advanceTo(market.now() + 1000)
    session.wait(1000)
    session.tick(market.now())
  }
}

/** Moves entries of accounts so far from the market that they are liquidated with the next trade. */
function ruin(listing: Listing, position: 'long' | 'short', accounts: number): void {
  const held = market.positions(listing).filter(({ lots }) => (position === 'long' ? lots > 0 : lots < 0))
  for (const account of held.slice(0, accounts)) account.entry = market.mark(listing) * (position === 'long' ? 3 : 0.3)
}

it('acknowledges one argument after the other, each followed by its snapshot', () => {
  const session = opened()
  session.ask('subscribe', arg('trade'), arg('trade', 'SPOT'), arg('candle1m'))
  const said = session.sent.map(({ event, action }) => event ?? action)
  expect(said).toEqual(['subscribe', 'snapshot', 'subscribe', 'snapshot', 'subscribe', 'snapshot'])
})

it('begins with recent trades, newest first, and goes on without a hole', () => {
  const session = opened()
  session.ask('subscribe', arg('trade'))
  pass(session, 20)
  const [snapshot, ...updates] = session.sent.slice(1)
  expect(snapshot!.data).toHaveLength(100)
  const ids = [...snapshot!.data.toReversed(), ...updates.flatMap(({ data }) => data)].map((row) => row['tradeId'])
  expect(ids).toEqual(market.trades(perp).slice(-ids.length).map(tradeId))
  expect(ids.length).toBeGreaterThan(110)
})

it.each([
  ['a symbol of another family', arg('trade', 'COIN-FUTURES')],
  ['a family without contracts', arg('ticker', 'USDC-FUTURES')],
])('acknowledges %s and sends nothing', (_, each) => {
  const session = opened()
  session.ask('subscribe', each)
  pass(session, 5)
  expect(session.sent).toEqual([{ event: 'subscribe', arg: each }])
})

it.each([
  ['a symbol that is nowhere', arg('trade', 'SPOT', 'NOPEUSDT'), 30001],
  ['a family that is none', arg('trade', 'sp'), 30001],
  ['a candle in the spelling of REST', arg('candle1min', 'SPOT'), 30016],
  ['a channel that is none', arg('markPrice'), 30016],
])('refuses %s by code, and hears of nothing', (_, each, code) => {
  const session = opened()
  session.ask('subscribe', each)
  pass(session, 2)
  expect(session.sent).toMatchObject([{ event: 'error', arg: each, code, op: 'subscribe' }])
})

it('refuses what is no message, and what is no operation', () => {
  const session = opened()
  session.message('hello')
  session.ask('login')
  expect(session.sent.map(({ code }) => code)).toEqual([30002, 30003])
})

it('sends the running bar while trades happen, and closes a bar with its last state', () => {
  const session = opened()
  session.ask('subscribe', arg('candle1m'))
  const [snapshot] = session.sent.splice(0).slice(1)
  pass(session, 130)
  const rows = session.sent.map(({ action, data }) => {
    expect(action).toBe('update')
    expect(data).toHaveLength(1)
    return data[0]!
  })
  const opens = [...new Set(rows.map(([open]) => Number(open)))]
  expect(opens).toEqual(opens.map((_, i) => opens[0]! + i * 60_000))
  const [whole] = market.candles(perp, { stepMs: 60_000, from: opens[1]!, to: opens[1]! + 1 })
  const last = rows.findLast(([open]) => Number(open) === opens[1])!
  expect([Number(last[4]), Number(last[5])]).toEqual([whole!.close, Number(whole!.units.toFixed(8))])
  expect(Number(snapshot!.data.at(-1)![0])).toBe(opens[0])
})

it('sends nothing more of what is given up', () => {
  const session = opened()
  session.ask('subscribe', arg('trade'))
  session.ask('unsubscribe', arg('trade'))
  session.sent.splice(0, 2)
  pass(session, 5)
  expect(session.sent).toEqual([{ event: 'unsubscribe', arg: arg('trade') }])
})

it('tells of each second the largest long and the largest short of each symbol, by the side of the position', () => {
  const session = opened('/v3/ws/public')
  session.ask('subscribe', { instType: 'usdt-futures', topic: 'liquidation' })
  expect(session.sent.splice(0)).toMatchObject([{ event: 'subscribe', connId: expect.any(String) as string }])
  ruin(perp, 'long', 3)
  pass(session, 3)
  ruin(perp, 'short', 3)
  pass(session, 3)
  const all = market.liquidations(perp).filter(({ at }) => at > market.now() - 6000)
  const rows = session.sent.flatMap(({ data }) => data)
  const seconds = new Set(all.map(({ at, position }) => `${Math.floor(at / 1000)}/${position}`))
  expect(rows).toHaveLength(seconds.size)
  expect(all.length).toBeGreaterThan(rows.length)
  for (const row of rows) {
    const position = row['side'] === 'buy' ? 'long' : 'short'
    const second = Math.floor(Number(row['ts']) / 1000)
    const same = all.filter((each) => each.position === position && Math.floor(each.at / 1000) === second)
    const largest = same.reduce((most, each) => (each.lots > most.lots ? each : most))
    expect(row).toMatchObject({ symbol: 'BTCUSDT', ts: String(largest.at) })
    // In the quote coin.
    expect(Number(row['amount']) / Number(row['price'])).toBeCloseTo(largest.lots * perp.lot, 9)
    expect(Number(row['price'])).toBe(largest.fillPrice)
  }
  expect(new Set(rows.map((row) => row['side']))).toEqual(new Set(['buy', 'sell']))
})

it('answers the bare text ping by the bare text pong, and cuts who is silent for two minutes, while data flows', () => {
  const session = opened()
  session.ask('subscribe', arg('trade'))
  pass(session, 119)
  session.message('ping')
  expect(session.sent.at(-1)).toBe('pong')
  pass(session, 120)
  expect(session.closed).toEqual([])
  pass(session, 1)
  expect(session.closed).toEqual([1006])
})

it('closes on the eleventh message within a second, pings counted', () => {
  const session = opened()
  for (let i = 0; i < 10; i++) session.message('ping')
  expect(session.closed).toEqual([])
  session.message('ping')
  expect([session.sent.at(-1)?.code, session.closed]).toEqual([30007, [1008]])
})

it('closes on a message of more than 4096 bytes', () => {
  const session = opened()
  session.ask('subscribe', ...Array.from({ length: 70 }, () => arg('trade')))
  expect([session.sent, session.closed]).toMatchObject([[{ code: 30007 }], [1008]])
})

it('refuses what is more than 240 subscriptions an hour', () => {
  const session = opened()
  for (let i = 0; i < 25; i++) {
    session.ask('subscribe', ...Array.from({ length: 10 }, () => arg('ticker')))
    session.wait(1000)
  }
  expect(session.sent.filter(({ event }) => event === 'subscribe')).toHaveLength(240)
  expect(session.sent.filter(({ code }) => code === 30006)).toHaveLength(10)
})

it('cuts off a message of 25 arguments on the path of the third generation', () => {
  const session = opened('/v3/ws/public')
  session.ask('subscribe', ...Array.from({ length: 25 }, () => ({ instType: 'usdt-futures', topic: 'liquidation' })))
  expect([session.sent, session.closed]).toEqual([[], [1006]])
})

it('serves no other path', () => {
  const nothing = {
    market,
    counting: 'one side',
    clock: () => 0,
    send: () => undefined,
    line: { header: () => undefined, ping: () => 0, close: () => 0 },
  } as const
  expect(connect('/v2/ws/private', nothing)).toBeUndefined()
})

it('falls silent about what is taken off the list', () => {
  const session = opened()
  session.ask('subscribe', arg('ticker', 'USDT-FUTURES', 'ETHUSDT'), arg('candle1m', 'USDT-FUTURES', 'ETHUSDT'))
  session.sent.splice(0)
  market.remove('perp', 'ETHUSDT')
  pass(session, 65)
  expect(session.sent).toEqual([])
})
