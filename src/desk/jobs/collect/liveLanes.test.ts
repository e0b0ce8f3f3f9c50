import { expect, it } from 'vitest'
import type { Feed } from '../../../sources/source.ts'
import { LiveLanes } from './liveLanes.ts'

const feed = { id: 'perp', market: 'perp', kinds: ['trade', 'candle'] } as unknown as Feed
const btc = { market: 'perp', instrument: 'BTCUSDT' } as const
const TRADES = 'perp/trade/BTCUSDT'

function made() {
  let now = 0
  const lanes = new LiveLanes(1_000, () => now)
  return { lanes, pass: (ms: number) => void (now += ms) }
}

it('asks a door for what no feed brings, or none that can be read', () => {
  const { lanes } = made()
  expect(lanes.now(TRADES)).toEqual({ feed: { is: 'door' }, watchedSince: undefined })
  lanes.set(feed, [btc], { is: 'unreadable' })
  expect(lanes.now(TRADES).feed).toEqual({ is: 'instead' })
})

it('knows since when a feed brings each of its kinds', () => {
  const { lanes } = made()
  lanes.set(feed, [btc], { is: 'live', since: 50 })
  for (const key of [TRADES, 'perp/candle/1m/BTCUSDT']) {
    expect(lanes.now(key)).toEqual({ feed: { is: 'live', since: 50 }, watchedSince: 50 })
  }
  expect([lanes.tradesSince(btc), lanes.tradesSince({ ...btc, market: 'spot' })]).toEqual([50, undefined])
})

it('waits for a feed that is down, but not for long', () => {
  const { lanes, pass } = made()
  lanes.set(feed, [btc], { is: 'live', since: 50 })
  lanes.set(feed, [btc], { is: 'down' })
  expect(lanes.now(TRADES)).toEqual({ feed: { is: 'down' }, watchedSince: 50 })
  pass(1_000)
  lanes.set(feed, [btc], { is: 'down' })
  expect([lanes.now(TRADES).feed.is, lanes.tradesSince(btc)]).toEqual(['down', undefined])
  pass(1)
  expect(lanes.now(TRADES).feed).toEqual({ is: 'instead' })
  lanes.set(feed, [btc], { is: 'live', since: 2_000 })
  expect(lanes.now(TRADES)).toEqual({ feed: { is: 'live', since: 2_000 }, watchedSince: 50 })
})

it('has one first trade of each session', () => {
  const { lanes } = made()
  expect(lanes.isFirstTrade(btc)).toBe(false)
  lanes.set(feed, [btc], { is: 'live', since: 50 })
  expect([lanes.isFirstTrade(btc), lanes.isFirstTrade(btc)]).toEqual([true, false])
  lanes.set(feed, [btc], { is: 'live', since: 90 })
  expect(lanes.isFirstTrade(btc)).toBe(true)
})

it('forgets what no feed brings any more, but not since when it was watched', () => {
  const { lanes } = made()
  lanes.set(feed, [btc], { is: 'live', since: 50 })
  lanes.forget(feed, [btc])
  expect(lanes.now(TRADES)).toEqual({ feed: { is: 'door' }, watchedSince: 50 })
})
