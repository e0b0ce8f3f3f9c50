import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS } from '../../../core/instant.ts'
import type { Coverage } from '../../../records/coverage.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { HistoryDoor } from '../../../sources/source.ts'
import { CoverageBook } from './coverageBook.ts'
import { byUrgency, missingStretches, type MissingInputs } from './missing.ts'

const MINUTE = 60_000
const now = Date.UTC(2026, 0, 5, 12)

const instrument: Instrument = {
  venue: 'bybit',
  market: 'perp',
  instrument: 'BTCUSDT',
  asset: 'BTC',
  quote: 'USDT',
  multiplier: 1,
  simulated: true,
  contract: 'linear',
}

const door = (fields: Partial<HistoryDoor>): HistoryDoor => ({
  kind: 'candle',
  market: 'perp',
  covers: () => true,
  depthMs: Infinity,
  delayMs: 0,
  fetch: () => {
    throw new Error('nothing is asked here')
  },
  ...fields,
})
const trades = door({ kind: 'trade', depthMs: DAY_MS })
const minutes = door({ interval: '1m' })

/** A book in which these stretches of a lane are held. */
const held = (lane: string, ...stretches: readonly (readonly [number, number])[]): CoverageBook =>
  new CoverageBook(
    stretches.map(([since, until]): Coverage => {
      const { venue, market, instrument: members } = instrument
      return { venue, market, lane, feed: members, way: 'history', since, until, members, ended: '' }
    }),
  )

const usual: Omit<MissingInputs, 'door'> = {
  instrument,
  book: held('none'),
  lane: { feed: { is: 'door' }, watchedSince: undefined, lost: [] },
  depths: { hours: 30 * DAY_MS, minutes: DAY_MS },
  now,
  toTheEnd: undefined,
}

const missing = (of: HistoryDoor, fields: Partial<MissingInputs> = {}) =>
  missingStretches({ ...usual, door: of, ...fields }).map(({ stretch }) => [stretch.from, stretch.to])

describe('missingStretches', () => {
  it('fills candles as far back as is wished for their grid, on the grid', () => {
    const odd = now + 1_234
    expect(missing(minutes, { now: odd })).toEqual([[now - DAY_MS + MINUTE, now]])
    expect(missing(door({ interval: '1h' }))).toEqual([[now - 30 * DAY_MS, now]])
  })

  it('asks for nothing before the listing, nor for what the venue serves no more or not yet', () => {
    const listed = { ...instrument, listedAt: now - HOUR_MS }
    expect(missing(minutes, { instrument: listed })).toEqual([[now - HOUR_MS, now]])
    const short = door({ interval: '1m', depthMs: 2 * HOUR_MS, delayMs: 5 * MINUTE })
    expect(missing(short)).toEqual([[now - 2 * HOUR_MS, now - 5 * MINUTE]])
  })

  it('asks for trades from where they were first held or watched, never for those of before', () => {
    const book = held('trade', [now - 3_000, now - 2_000])
    const lane = { feed: { is: 'door' }, watchedSince: now - 500, lost: [] } as const
    expect(missing(trades)).toEqual([])
    expect(missing(trades, { lane })).toEqual([[now - 500, now]])
    expect(missing(trades, { book, lane })).toEqual([[now - 2_000, now]])
  })

  it('leaves to a live feed what it brings, and waits for one that is down', () => {
    const book = held('trade', [now - 9_000, now - 8_000])
    const live = { feed: { is: 'live', since: now - 5_000 }, watchedSince: now - 9_000, lost: [] } as const
    const down = { ...live, feed: { is: 'down' } } as const
    expect(missing(trades, { book, lane: live })).toEqual([[now - 8_000, now - 5_000]])
    expect(missing(trades, { book, lane: down })).toEqual([])
    for (const lane of [live, down]) {
      expect(missing(trades, { book, lane, toTheEnd: now })).toEqual([[now - 8_000, now]])
      expect(missing(trades, { book, lane, toTheEnd: now - 2_000 })).toEqual([[now - 8_000, now - 2_000]])
    }
  })

  it('asks once for all that is missing where the venue serves the newest, whatever is asked for', () => {
    const book = held('trade', [now - 9_000, now - 8_000], [now - 7_000, now - 6_000])
    const newest = { ...trades, serves: 'the newest' } as const
    expect(missing(trades, { book, toTheEnd: now })).toHaveLength(2)
    expect(missing(newest, { book, toTheEnd: now })).toEqual([[now - 8_000, now]])
  })

  it('asks for what was missed while the feed was live, when the venue serves it', () => {
    const book = held('trade', [now - 9_000, now - 5_000])
    const { venue, market, instrument: feed } = instrument
    const put = (way: 'live' | 'missed', since: number, until: number): void =>
      book.put({ venue, market, lane: 'trade', feed, way, since, until, members: feed, ended: '' })
    put('live', now - 5_000, now - 100)
    put('missed', now - 4_000, now - 3_000)
    put('missed', now - 500, now - 200)
    const lane = { feed: { is: 'live', since: now - 5_000 }, watchedSince: now - 9_000, lost: [] } as const
    expect(missing(trades, { book, lane })).toEqual([[now - 4_000, now - 200]])
    const late = door({ kind: 'trade', depthMs: DAY_MS, delayMs: 1_000 })
    expect(missing(late, { book, lane })).toEqual([])
    expect(missing(late, { book, lane, now: now + 800 })).toEqual([[now - 4_000, now - 200]])
    expect(missing(trades, { book, lane: { ...lane, lost: [{ from: now - 4_000, to: now - 3_000 }] } })).toEqual([
      [now - 500, now - 200],
    ])
    expect(missing(trades, { book, lane: { ...lane, feed: { is: 'down' } } })).toEqual([])
  })

  it('asks for holes that are far apart one by one, and says which lie in each stretch', () => {
    const lane = { feed: { is: 'live', since: now - HOUR_MS }, watchedSince: now - HOUR_MS, lost: [] } as const
    const book = held('trade', [now - 2 * HOUR_MS, now - HOUR_MS])
    const { venue, market, instrument: feed } = instrument
    for (const ago of [30, 29, 5]) {
      const [since, until] = [now - ago * MINUTE, now - ago * MINUTE + 10_000]
      book.put({ venue, market, lane: 'trade', feed, way: 'missed', since, until, members: feed, ended: '' })
    }
    const tasks = missingStretches({ ...usual, door: trades, book, lane })
    expect(tasks.map(({ stretch, holes }) => [(stretch.to - stretch.from) / 1000, holes.length])).toEqual([
      [70, 2],
      [10, 1],
    ])
  })

  it('does not ask again for what was asked for in vain', () => {
    const lost = [{ from: now - DAY_MS, to: now - 2 * HOUR_MS }]
    const lane = { feed: { is: 'door' }, watchedSince: undefined, lost } as const
    expect(missing(minutes, { lane })).toEqual([[now - 2 * HOUR_MS, now]])
  })

  it('lets a few rows wait at the end where a question is dear, but no hole, and not at the very end', () => {
    const dear = door({ interval: '1m', everyMs: HOUR_MS })
    const begin = now - DAY_MS
    const book = held('candle/1m', [begin, now - 3 * HOUR_MS], [now - 3 * HOUR_MS + MINUTE, now - 30 * MINUTE])
    const hole = [now - 3 * HOUR_MS, now - 3 * HOUR_MS + MINUTE]
    expect(missing(dear, { book })).toEqual([hole])
    expect(missing(dear, { book, toTheEnd: now })).toEqual([hole, [now - 30 * MINUTE, now]])
  })

  it('asks for funding when a full hour has passed', () => {
    const funding = door({ kind: 'funding' })
    const book = held('funding/paid', [now - 30 * DAY_MS, now - 30 * MINUTE])
    expect(missing(funding, { book, now: now - 1 })).toEqual([])
    expect(missing(funding, { book: held('funding/paid', [0, now - 30 * MINUTE]), now: now + 1 })).toEqual([
      [now - 30 * MINUTE, now + 1],
    ])
  })
})

describe('byUrgency', () => {
  it('takes trades first, then what is short, then what is long; the newest first of each', () => {
    const task = (name: string, of: HistoryDoor, from: number, to: number) => ({
      name,
      task: { door: of, instrument, stretch: { from, to }, holes: [] },
    })
    const tasks = [
      task('long', minutes, now - DAY_MS, now),
      task('old', minutes, now - DAY_MS, now - DAY_MS + HOUR_MS),
      task('short', minutes, now - HOUR_MS, now),
      task('trades', trades, now - DAY_MS, now - HOUR_MS),
      task('liquidations', door({ kind: 'liquidation' }), now - DAY_MS, now),
    ]
    const order = tasks.toSorted((a, b) => byUrgency(a.task, b.task)).map(({ name }) => name)
    expect(order).toEqual(['liquidations', 'trades', 'short', 'old', 'long'])
  })
})
