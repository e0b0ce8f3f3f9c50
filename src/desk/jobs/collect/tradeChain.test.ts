import { expect, it } from 'vitest'
import type { Coverage } from '../../../records/coverage.ts'
import type { Instrument } from '../../../records/instrument.ts'
import { trade } from '../../../records/trade.ts'
import type { Feed } from '../../../sources/source.ts'
import { CoverageBook } from './coverageBook.ts'
import { LiveLanes } from './liveLanes.ts'
import { TradeChain } from './tradeChain.ts'
import { VenueCoverage } from './venueCoverage.ts'

const start = Date.UTC(2026, 0, 5)
const instrument: Instrument = {
  venue: 'binance',
  market: 'perp',
  instrument: 'BTCUSDT',
  asset: 'BTC',
  quote: 'USDT',
  multiplier: 1,
  simulated: true,
  contract: 'linear',
}
const feed = { id: 'perp', market: 'perp', kinds: ['trade'] } as unknown as Feed
const traded = (id: number, at: number) => ({
  record: trade,
  row: { market: 'perp', instrument: 'BTCUSDT', tradeId: String(id), at: start + at },
})
const numbered = (id: number, at: number) => ({ id, at: start + at })
const session = (since: number, until: number): Coverage => ({
  venue: 'binance',
  market: 'perp',
  lane: 'trade',
  feed: 'perp 2',
  way: 'live',
  since: start + since,
  until: start + until,
  members: 'BTCUSDT',
  ended: '',
})
const lane = { venue: 'binance', market: 'perp', lane: 'trade', instrument: 'BTCUSDT' } as const

/** Trades up to number 10 are held, and covered up to 100; a session begins at 200. */
function made(venue: Instrument['venue'] = 'binance') {
  const is = { ...instrument, venue }
  const held: Coverage = {
    venue,
    market: 'perp',
    lane: 'trade',
    feed: 'perp 1',
    way: 'live',
    since: start,
    until: start + 100,
    members: 'BTCUSDT',
    ended: 'closed',
  }
  const coverage = new VenueCoverage(new CoverageBook([held]))
  const lanes = new LiveLanes(1_000, () => 0)
  const find = (_market: string, name: string) => (name === 'BTCUSDT' ? is : undefined)
  let asked = 0
  const chain = new TradeChain({ find, lanes, coverage, onMissed: () => asked++ })
  chain.begin(new Map([['perp/BTCUSDT', { id: 10, at: start + 90 }]]))
  const goLive = (at: number): void => lanes.set(feed, [is], { is: 'live', since: start + at })
  goLive(200)
  return { is, chain, coverage, goLive, asked: () => asked }
}

it('covers a break where the first trade behind it is the next', () => {
  const { chain, coverage } = made()
  expect(chain.see(traded(11, 250))).toBeUndefined()
  expect(coverage.book.covered(lane)).toEqual([{ from: start, to: start + 200 }])
  expect(coverage.take()).toMatchObject([{ way: 'history', since: start + 100, until: start + 200 }])
})

it('leaves a break open where numbers are missing behind it, with the time before it that may hold them, and tells no fault', () => {
  const { chain, coverage, asked } = made()
  expect(chain.see(traded(13, 250))).toBeUndefined()
  expect(chain.see(traded(14, 260))).toBeUndefined()
  const missed = { way: 'missed', since: start + 90, until: start + 251, ended: 'trades "11" to "12" never came' }
  expect(coverage.take()).toMatchObject([missed])
  expect(coverage.book.covered(lane)).toEqual([{ from: start, to: start + 90 }])
  expect(asked()).toBe(1)
})

it('tells a number that is missing in the middle of a session, takes its time out of what is covered, and has it asked for', () => {
  const { chain, coverage, asked } = made()
  chain.see(traded(11, 250))
  coverage.take()
  coverage.put(session(200, 265))
  expect(chain.see(traded(12, 260))).toBeUndefined()
  expect(chain.see(traded(14, 270))).toMatchObject({ channel: 'perp trade', what: 'missing', path: 'tradeId' })
  expect(chain.see(traded(15, 280))).toBeUndefined()
  coverage.put(session(200, 280))
  expect(coverage.book.gaps(lane)).toEqual([{ from: start + 260, to: start + 271, why: 'trade "13" never came' }])
  expect(asked()).toBe(1)
})

it('does not cover a break behind which something is still to be asked for', () => {
  const { chain, coverage, goLive } = made()
  chain.see(traded(13, 250))
  goLive(300)
  coverage.take()
  chain.see(traded(14, 350))
  expect(coverage.take()).toEqual([])
})

it('covers a break behind a hole that lies within what is covered', () => {
  const { chain, coverage, goLive } = made()
  chain.see(traded(11, 250))
  chain.see(traded(13, 270))
  coverage.put(session(200, 290))
  goLive(300)
  coverage.take()
  chain.see(traded(14, 350))
  expect(coverage.take()).toMatchObject([{ way: 'history', since: start + 290, until: start + 300 }])
})

it('goes on behind what was asked for', () => {
  const { is, chain, coverage, asked } = made()
  const run = (from: number, to: number) => ({ first: numbered(from, 110), last: numbered(to, 190) })
  chain.fetched(is, [run(9, 12)])
  coverage.put({ ...session(100, 200), way: 'history', feed: 'BTCUSDT' })
  coverage.take()
  expect(chain.see(traded(13, 250))).toBeUndefined()
  expect([coverage.take(), asked()]).toEqual([[], 0])
})

it('misses what came neither live nor when it was asked for', () => {
  const { is, chain, coverage, asked } = made()
  const run = (from: number, to: number) => ({ first: numbered(from, 110), last: numbered(to, 190) })
  chain.fetched(is, [run(12, 14)])
  expect(coverage.take()).toMatchObject([{ way: 'missed', since: start + 90, until: start + 111 }])
  chain.fetched(is, [run(3, 7), run(9, 14)])
  expect([coverage.take(), asked()]).toEqual([[], 1])
})

it('says nothing where the venue does not count its trades', () => {
  const { chain, coverage } = made('bybit')
  expect([chain.see(traded(11, 250)), chain.see(traded(99, 260))]).toEqual([undefined, undefined])
  expect(coverage.take()).toEqual([])
})

it('says nothing of what is not collected', () => {
  const { chain, coverage } = made()
  const other = traded(99, 250)
  expect(chain.see({ ...other, row: { ...other.row, instrument: 'ETHUSDT' } })).toBeUndefined()
  expect(coverage.take()).toEqual([])
})
