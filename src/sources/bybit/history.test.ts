import { describe, expect, it } from 'vitest'
import { contextOf, made } from '../../../test/support/wire.ts'
import { DAY_MS, HOUR_MS, instant, MINUTE_MS, type InstantMs } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { HistoryDoor, Reached, VenueIo, VenueRequest } from '../source.ts'
import { BybitRefusedError } from './ask.ts'
import { history } from './history.ts'

const linear = made('bybit')
const inverse = made('bybit', { instrument: 'BTCUSD', quote: 'USD', contract: 'inverse', contractSize: 1 })
const spot = made('bybit', { market: 'spot', contract: 'none' })

/** 2025-03-01T00:00Z. */
const START = 1740787200000
const NOW = START + 300 * DAY_MS

type Query = Readonly<Record<string, string | number | undefined>>
type Row = Readonly<Record<string, string | boolean>> | readonly string[]

/** A row of the fake venue with its time. */
interface Held {
  readonly at: number
  readonly row: Row
}

const every = (stepMs: number, to: number, rowAt: (at: number) => Row): readonly Held[] =>
  Array.from({ length: Math.floor((to - START) / stepMs) }, (_, i) => START + i * stepMs).map((at) => ({
    at,
    row: rowAt(at),
  }))

const bar = (at: number): Row => [String(at), '10', '12', '9', '11', '5', '50']
const openInterest = (at: number): Row => ({ openInterest: '1000', timestamp: String(at) })
const ratio = (at: number): Row => ({ symbol: 'BTCUSDT', buyRatio: '0.6', sellRatio: '0.4', timestamp: String(at) })
const paid = (at: number): Row => ({ symbol: 'BTCUSDT', fundingRate: '0.0001', fundingRateTimestamp: String(at) })
const fill = (at: number, id: number, symbol: string): Row => ({
  execId: `id-${id}`,
  symbol,
  price: '10',
  size: '1',
  side: 'Buy',
  time: String(at),
  isBlockTrade: false,
})

/** The venue by its documented rules: the newest rows of what is asked for, newest first, both ends inclusive. */
function venueOf(rows: Readonly<Record<string, readonly Held[]>>): { io: VenueIo; asked: VenueRequest[] } {
  const asked: VenueRequest[] = []
  const answer = (path: string, query: Query): unknown => {
    const all = rows[path]
    if (all === undefined) return { retCode: 10001, retMsg: 'params error: symbol invalid', result: {} }
    const isFunding = path.endsWith('/funding/history')
    if (isFunding && query['startTime'] !== undefined && query['endTime'] === undefined) return { retCode: 10001 }
    const from = Number(query['start'] ?? query['startTime'] ?? 0)
    const to = Number(query['end'] ?? query['endTime'] ?? Infinity)
    const found = all.filter(({ at }) => at >= from && at <= to)
    const list = found.slice(-Number(query['limit'] ?? 1)).map(({ row }) => row)
    return {
      retCode: 0,
      retMsg: 'OK',
      result: { ...headOf(path, query), list: list.toReversed() },
      retExtInfo: {},
      time: NOW,
    }
  }
  const io: VenueIo = {
    ask: (request) => {
      asked.push(request)
      return Promise.resolve(answer(request.path, request.query ?? {}))
    },
    now: () => instant(NOW),
    signal: new AbortController().signal,
  }
  return { io, asked }
}

function headOf(path: string, { category, symbol }: Query): object {
  switch (path.split('/').at(-1)) {
    case 'kline':
    case 'mark-price-kline':
      return { category, symbol }
    case 'open-interest':
      return { category, symbol, nextPageCursor: '' }
    case 'account-ratio':
      return { nextPageCursor: '' }
  }
  return { category }
}

const doorOf = (kind: HistoryDoor['kind'], market: string, interval?: string): HistoryDoor =>
  history.find(
    (door) => door.kind === kind && door.market === market && (interval === undefined || door.interval === interval),
  )!

interface Stretch {
  readonly instrument: Instrument
  readonly from: number
  readonly to: number
}

async function readAll(door: HistoryDoor, io: VenueIo, { instrument, from, to }: Stretch) {
  const pages = door.fetch(io, contextOf('bybit', [instrument]), { instrument, from: instant(from), to: instant(to) })
  const rows: Readonly<Record<string, unknown>>[] = []
  for (;;) {
    const next: IteratorResult<{ rows: readonly { row: object }[]; faults: readonly unknown[] }, Reached> =
      await pages.next()
    if (next.done === true) return { rows, reached: next.value }
    expect(next.value.faults).toEqual([])
    rows.push(...next.value.rows.map(({ row }) => row as Record<string, unknown>))
  }
}

const timesOf = (rows: readonly Readonly<Record<string, unknown>>[]): readonly unknown[] =>
  rows.map(({ at }) => at).toSorted()
const timesIn = (held: readonly Held[], from: number, to: number): readonly number[] =>
  held.map(({ at }) => at).filter((at) => at >= from && at < to)

describe('candles', () => {
  it.each([
    ['1m', MINUTE_MS, spot, '1'],
    ['1h', HOUR_MS, linear, '60'],
    ['1m', MINUTE_MS, inverse, '1'],
  ] as const)('of %s come whole, each asked for once', async (interval, stepMs, instrument, code) => {
    const held = every(stepMs, START + 5000 * stepMs, bar)
    const { io, asked } = venueOf({ '/v5/market/kline': held })
    const [from, to] = [START + 17 * stepMs + 500, START + 2500 * stepMs]
    const { rows, reached } = await readAll(doorOf('candle', instrument.market, interval), io, { instrument, from, to })
    expect(timesOf(rows)).toEqual(timesIn(held, from, to))
    expect(reached).toEqual({ from })
    expect(asked.map(({ query }) => query?.['interval'])).toEqual([code, code, code])
    const category = instrument.contract === 'none' ? 'spot' : instrument.contract
    expect(asked[0]?.query).toMatchObject({ category, symbol: instrument.instrument, limit: 1000 })
  })
})

describe('open interest', () => {
  it('comes whole on its grid', async () => {
    const held = every(5 * MINUTE_MS, START + 3 * DAY_MS, openInterest)
    const { io, asked } = venueOf({ '/v5/market/open-interest': held })
    const [from, to] = [START + HOUR_MS, START + 2 * DAY_MS]
    const { rows, reached } = await readAll(doorOf('openInterest', 'perp'), io, { instrument: linear, from, to })
    expect(timesOf(rows)).toEqual(timesIn(held, from, to))
    expect(reached).toEqual({ from })
    expect(asked).toHaveLength(3)
  })

  it('of inverse contracts is asked for with the mark price of each instant', async () => {
    const to = START + DAY_MS
    const { io } = venueOf({
      '/v5/market/open-interest': every(5 * MINUTE_MS, to, openInterest),
      '/v5/market/mark-price-kline': every(5 * MINUTE_MS, to, (at) => [String(at), '50', '60', '40', '55']),
    })
    const { rows } = await readAll(doorOf('openInterest', 'perp'), io, { instrument: inverse, from: START, to })
    expect(rows).toHaveLength(288)
    expect(rows.every(({ coins, price }) => coins === 10 && price === 50)).toBe(true)
  })
})

describe('accounts', () => {
  it('come whole on their grid', async () => {
    const held = every(5 * MINUTE_MS, START + 5 * DAY_MS, ratio)
    const { io, asked } = venueOf({ '/v5/market/account-ratio': held })
    const [from, to] = [START, START + 4 * DAY_MS]
    const { rows } = await readAll(doorOf('positioning', 'perp'), io, { instrument: linear, from, to })
    expect(timesOf(rows)).toEqual(timesIn(held, from, to))
    expect(asked).toHaveLength(3)
  })

  it('are there for contracts in USDT and inverse ones', () => {
    const usdc = made('bybit', { instrument: 'BTCPERP', quote: 'USDC' })
    expect([linear, inverse, usdc].map(doorOf('positioning', 'perp').covers)).toEqual([true, true, false])
  })
})

describe('funding', () => {
  const held = every(HOUR_MS, START + 30 * DAY_MS, paid)

  it('is read back page by page, and stops at the beginning that was asked for', async () => {
    const { io, asked } = venueOf({ '/v5/market/funding/history': held })
    const [from, to] = [START + 10 * DAY_MS, START + 30 * DAY_MS]
    const { rows, reached } = await readAll(doorOf('funding', 'perp'), io, { instrument: linear, from, to })
    expect([...new Set(timesOf(rows))]).toEqual(timesIn(held, from, to))
    expect(reached).toEqual({ from })
    expect(asked).toHaveLength(3)
    const ends = asked.map(({ query }) => query?.['endTime'])
    expect(new Set(ends).size).toBe(3)
  })

  it('knows the hours of every row but the first there ever was', async () => {
    const { io } = venueOf({ '/v5/market/funding/history': held })
    const to = START + 30 * DAY_MS
    const { rows, reached } = await readAll(doorOf('funding', 'perp'), io, {
      instrument: linear,
      from: START - DAY_MS,
      to,
    })
    const withHours = new Set(rows.filter(({ hours }) => hours === 1).map(({ at }) => at))
    expect(withHours.size).toBe(held.length - 1)
    expect(reached).toEqual({ from: START - DAY_MS })
  })

  it('does not go on where a full page leads no further back', async () => {
    const same = Array.from({ length: 300 }, () => ({ at: START, row: paid(START) }))
    const { io, asked } = venueOf({ '/v5/market/funding/history': same })
    const stretch = { instrument: linear, from: START - DAY_MS, to: START + DAY_MS }
    const { reached } = await readAll(doorOf('funding', 'perp'), io, stretch)
    expect(reached).toEqual({ from: START + 1, why: 'a full page that leads no further back' })
    expect(asked).toHaveLength(2)
  })
})

describe('trades', () => {
  const trades = (instrument: Instrument, count: number): readonly Held[] =>
    Array.from({ length: count }, (_, i) => ({
      at: START + i * 100,
      row: fill(START + i * 100, i, instrument.instrument),
    }))
  const reachedBy = async (
    instrument: Instrument,
    count: number,
    from: number,
  ): Promise<{ ids: number; reached: Reached }> => {
    const { io, asked } = venueOf({ '/v5/market/recent-trade': trades(instrument, count) })
    const stretch = { instrument, from, to: START + count * 100 }
    const { rows, reached } = await readAll(doorOf('trade', instrument.market), io, stretch)
    expect(asked).toHaveLength(1)
    return { ids: new Set(rows.map(({ tradeId }) => tradeId)).size, reached }
  }

  it('are complete where the newest reach back beyond the beginning', async () => {
    const from = START + 1500 * 100
    expect(await reachedBy(linear, 2000, from)).toEqual({ ids: 500, reached: { from } })
  })

  it.each([
    [linear, 1000],
    [spot, 60],
  ])('are complete from after the oldest that is served, else, and it says why', async (instrument, page) => {
    const { ids, reached } = await reachedBy(instrument, 2000, START)
    expect(ids).toBe(page)
    const oldest = START + (2000 - page) * 100
    expect(reached).toEqual({ from: oldest + 1, why: `the venue serves the newest ${page} trades only` })
  })

  it('that are not there prove nothing', async () => {
    const { io } = venueOf({ '/v5/market/recent-trade': [] })
    const stretch = { instrument: spot, from: START, to: START + DAY_MS }
    const { reached } = await readAll(doorOf('trade', 'spot'), io, stretch)
    expect(reached.from).toBe((START + DAY_MS) as InstantMs)
  })
})

describe('a refusal in the body of an answer', () => {
  it('is an error that says whether asking again can help', async () => {
    const { io } = venueOf({})
    const stretch = { instrument: spot, from: START, to: START + DAY_MS }
    const reading = readAll(doorOf('candle', 'spot', '1h'), io, stretch)
    await expect(reading).rejects.toThrow(BybitRefusedError)
    await expect(reading).rejects.toMatchObject({ code: 'VENUE_REFUSED', retCode: 10001, retry: 'never' })
  })
})
