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
  const chain = new TradeChain({ find, lanes, coverage })
  chain.begin(new Map([['perp/BTCUSDT', 10]]))
  const goLive = (at: number): void => lanes.set(feed, [is], { is: 'live', since: start + at })
  goLive(200)
  return { chain, coverage, goLive }
}

it('covers a break where the first trade behind it is the next', () => {
  const { chain, coverage } = made()
  expect(chain.see(traded(11, 250))).toBeUndefined()
  expect(coverage.book.covered(lane)).toEqual([{ from: start, to: start + 200 }])
  expect(coverage.take()).toMatchObject([{ way: 'history', since: start + 100, until: start + 200 }])
})

it('leaves a break open where numbers are missing behind it, and tells no fault', () => {
  const { chain, coverage } = made()
  expect(chain.see(traded(13, 250))).toBeUndefined()
  expect(chain.see(traded(14, 260))).toBeUndefined()
  expect(coverage.take()).toEqual([])
})

it('tells a number that is missing in the middle of a session', () => {
  const { chain } = made()
  chain.see(traded(11, 250))
  expect(chain.see(traded(12, 260))).toBeUndefined()
  expect(chain.see(traded(14, 270))).toMatchObject({ channel: 'perp trade', what: 'missing', path: 'tradeId' })
  expect(chain.see(traded(15, 280))).toBeUndefined()
})

it('does not cover a break behind which something is still to be asked for', () => {
  const { chain, coverage, goLive } = made()
  chain.see(traded(13, 250))
  goLive(300)
  chain.see(traded(14, 350))
  expect(coverage.take()).toEqual([])
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
