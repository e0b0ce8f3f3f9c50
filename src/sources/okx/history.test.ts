import { describe, expect, it } from 'vitest'
import { contextOf, fixture, made } from '../../../test/support/wire.ts'
import { DAY_MS, HOUR_MS, instant, MINUTE_MS, parseInstant } from '../../core/instant.ts'
import { RequestRefusedError } from '../../net/httpErrors.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { HistoryDoor, Past, Reached, VenueIo, VenueRequest } from '../source.ts'
import { askOkx } from './askOkx.ts'
import { fetchListing } from './listing.ts'
import { okx } from './okx.ts'

const NOW = parseInstant('2026-08-01T12:02:30Z')
const swap = made('okx', { instrument: 'BTC-USDT-SWAP', contractSize: 0.01 })
const context = contextOf('okx', [swap], NOW)

type Query = Readonly<Record<string, string | number | undefined>>
type Serve = (query: Query, path: string) => readonly unknown[]

interface Asked {
  readonly path: string
  readonly query: Query
}

/** A venue that answers questions by a function, and notes them. */
function ioOf(serve: Serve): { readonly io: VenueIo; readonly asked: readonly Asked[] } {
  const asked: Asked[] = []
  const ask = ({ path, query = {}, budget, weight }: VenueRequest): Promise<unknown> => {
    expect(okx.budgets).toHaveProperty(budget)
    expect(weight).toBe(1)
    asked.push({ path, query })
    return Promise.resolve({ code: '0', msg: '', data: serve(query, path) })
  }
  return { io: { ask, now: () => NOW, signal: new AbortController().signal }, asked }
}

interface Read {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly reached: Reached
}

async function readAll(door: HistoryDoor, io: VenueIo, past: Partial<Past> & Pick<Past, 'from'>): Promise<Read> {
  const rows: Readonly<Record<string, unknown>>[] = []
  const pages = door.fetch(io, context, { instrument: swap, to: NOW, ...past })
  for (;;) {
    const page = await pages.next()
    if (page.done === true) return { rows, reached: page.value }
    expect(page.value.faults).toEqual([])
    rows.push(...page.value.rows.map(({ row }) => row))
  }
}

const doorOf = (kind: HistoryDoor['kind'], interval?: string): HistoryDoor =>
  okx.history.find((door) => door.kind === kind && door.market === 'perp' && door.interval === interval)!

const timesOf = (rows: Read['rows']): readonly number[] => rows.map((row) => Number(row['at']))
const gridOf = (from: number, to: number, step: number): readonly number[] =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step)
const sorted = (times: readonly number[]): readonly number[] => times.toSorted((a, b) => a - b)

interface CandleVenue {
  readonly begins: number
  /** Rows of a page at most, whatever is asked for. */
  readonly cap?: number
  readonly step?: number
}

/** Rows earlier than `after`, newest first; the newest bar is open, and the quick door reaches 1,440 bars back. */
const candleVenue =
  ({ begins, cap = 300, step = MINUTE_MS }: CandleVenue): Serve =>
  ({ after, limit }, path) => {
    const open = Math.floor(NOW / step) * step
    const oldest = path.endsWith('/history-candles') ? begins : Math.max(begins, open - 1439 * step)
    const newest = Math.min(open, Math.ceil(Number(after) / step) * step - step)
    const count = Math.max(0, Math.min(cap, Number(limit), Math.floor((newest - oldest) / step) + 1))
    return Array.from({ length: count }, (_, i) => {
      const at = newest - i * step
      return [String(at), '10', '12', '9', '11', '100', '1', '10.5', at === open ? '0' : '1']
    })
  }

describe('candles', () => {
  const minutes = doorOf('candle', '1m')
  const from = instant(parseInstant('2026-07-30T00:00:00Z'))

  it.each([300, 100])('come whole and once where pages hold %i rows, the open bar left out', async (cap) => {
    const { io, asked } = ioOf(candleVenue({ begins: from - DAY_MS, cap }))
    const { rows, reached } = await readAll(minutes, io, { from })
    expect(sorted(timesOf(rows))).toEqual(gridOf(from, parseInstant('2026-08-01T12:02:00Z'), MINUTE_MS))
    expect(reached).toEqual({ from })
    expect(new Set(asked.map(({ query }) => query['after'])).size).toBe(asked.length)
    expect(new Set(asked.map(({ path }) => path))).toEqual(
      new Set(['/api/v5/market/candles', '/api/v5/market/history-candles']),
    )
  })

  it('of hours are asked for by the name that OKX has for them', async () => {
    const { io, asked } = ioOf(candleVenue({ begins: 0, step: HOUR_MS }))
    const { rows } = await readAll(doorOf('candle', '1h'), io, { from: instant(from), to: instant(from + 3 * HOUR_MS) })
    expect(timesOf(rows)).toEqual([2, 1, 0].map((hours) => from + hours * HOUR_MS))
    expect(asked.map(({ query }) => [query['bar'], query['limit']])).toEqual([['1H', 3]])
  })

  it('say from when on they are complete where the venue has no older ones', async () => {
    const begins = from + DAY_MS
    const { io } = ioOf(candleVenue({ begins }))
    const { rows, reached } = await readAll(minutes, io, { from })
    expect(Math.min(...timesOf(rows))).toBe(begins)
    expect(reached).toEqual({ from: begins, why: 'the venue serves no older rows' })
  })

  it('begin with the listing', async () => {
    const listedAt = from + DAY_MS + 20_000
    const { io, asked } = ioOf(candleVenue({ begins: from + DAY_MS }))
    const { reached } = await readAll(minutes, io, { from, instrument: { ...swap, listedAt } })
    expect(reached).toEqual({ from })
    const before = await readAll(minutes, io, { from, to: instant(from + HOUR_MS), instrument: { ...swap, listedAt } })
    expect(before).toEqual({ rows: [], reached: { from } })
    expect(asked.every(({ query }) => Number(query['after']) > from + HOUR_MS)).toBe(true)
  })

  it('end where the venue answers with the same rows again', async () => {
    const { io, asked } = ioOf(() => [[String(from + DAY_MS), '10', '12', '9', '11', '100', '1', '10.5', '1']])
    const { reached } = await readAll(minutes, io, { from })
    expect(asked).toHaveLength(2)
    expect(reached.from).toBe(from + DAY_MS)
  })
})

describe('trades', () => {
  const trades = doorOf('trade')
  const begins = parseInstant('2026-08-01T11:00:00Z')
  /** 1,000 trades, 170 of them in one millisecond. */
  const held = Array.from({ length: 1000 }, (_, i) => ({
    instId: swap.instrument,
    tradeId: String(5000 + i),
    px: '100',
    sz: '2',
    side: i % 2 === 0 ? 'buy' : 'sell',
    source: '0',
    ts: String(begins + (i < 330 ? i : i < 500 ? 330 : i) * 1000),
  })).toReversed()
  const { io, asked } = ioOf(({ type, after, limit }) => {
    const isOlder = (each: (typeof held)[number]): boolean =>
      Number(type === 2 ? each.ts : each.tradeId) < Number(after)
    return held.filter(isOlder).slice(0, Number(limit))
  })

  it('come whole and once though many share a millisecond: the first page by time, the others by id', async () => {
    const from = instant(begins + 250_000)
    const to = instant(begins + 900_000)
    const { rows, reached } = await readAll(trades, io, { from, to })
    const inside = held.filter(({ ts }) => Number(ts) >= from && Number(ts) < to)
    expect(rows.map((row) => row['tradeId'])).toEqual(inside.map(({ tradeId }) => tradeId))
    expect(reached).toEqual({ from })
    expect(asked.map(({ query }) => query['type'])).toEqual([2, ...asked.slice(1).map(() => 1)])
    expect(new Set(asked.map(({ query }) => query['after'])).size).toBe(asked.length)
  })

  it('are complete where the first was reached within three months, and not beyond', async () => {
    const early = instant(begins - HOUR_MS)
    expect((await readAll(trades, io, { from: early })).reached).toEqual({ from: early })
    const tooEarly = instant(NOW - 100 * DAY_MS)
    expect((await readAll(trades, io, { from: tooEarly })).reached).toEqual({
      from: NOW - 88 * DAY_MS,
      why: 'the venue serves no older rows',
    })
  })
})

describe('buckets of five minutes', () => {
  const STEP = 5 * MINUTE_MS
  const open = Math.floor(NOW / STEP) * STEP
  const doors = okx.history.filter(({ interval }) => interval === '5m')

  /** The latest 1,440 rows, both ends of a stretch included or excluded; documents do not say which. */
  const venue =
    (ends: 'included' | 'excluded'): Serve =>
    ({ begin, end, limit, period, unit }, path) => {
      expect(period).toBe('5m')
      expect(unit).toBe(path.endsWith('/taker-volume-contract') ? '0' : undefined)
      const inner = ends === 'included' ? 0 : 1
      return gridOf(open - 1439 * STEP, open + STEP, STEP)
        .filter((at) => at >= Number(begin) + inner && at <= Number(end) - inner)
        .toReversed()
        .slice(0, Number(limit))
        .map((at) => (path.includes('ratio') ? [String(at), '1.5'] : [String(at), '200', '380', '90']))
        .map((row) => (path.includes('taker') ? row.slice(0, 3) : row))
    }

  it.each(doors.map((door, i) => [`${door.kind} ${i}`, door] as const))(
    'of %s come whole and once, as far as they reach, but for the open one',
    async (_, door) => {
      for (const ends of ['included', 'excluded'] as const) {
        const { io, asked } = ioOf(venue(ends))
        const { rows, reached } = await readAll(door, io, { from: instant(NOW - 30 * DAY_MS) })
        const start = NOW - 1438 * STEP
        expect(reached).toEqual({ from: start, why: 'the venue serves the latest 1440 rows only' })
        expect(timesOf(rows.toReversed()).toSorted((a, b) => a - b)).toEqual(gridOf(open - 1437 * STEP, open, STEP))
        expect(new Set(timesOf(rows)).size).toBe(rows.length)
        expect(asked).toHaveLength(15)
      }
    },
  )

  it('of a short stretch are asked for once', async () => {
    const { io, asked } = ioOf(venue('excluded'))
    const from = instant(open - 3 * STEP)
    const { rows, reached } = await readAll(doors[0]!, io, { from, to: instant(open) })
    expect(timesOf(rows).toSorted()).toEqual([3, 2, 1].map((steps) => open - steps * STEP))
    expect(reached).toEqual({ from })
    expect(asked).toHaveLength(1)
  })

  it('are of four measures and of open interest', () => {
    expect(doors.map(({ kind }) => kind)).toEqual(['openInterest', ...Array.from({ length: 4 }, () => 'positioning')])
  })
})

describe('funding', () => {
  const funding = doorOf('funding')
  const first = parseInstant('2026-06-01T00:00:00Z')
  const times = gridOf(first, NOW, 8 * HOUR_MS)
  const venue =
    (cap: number): Serve =>
    ({ after }) =>
      times
        .filter((at) => at < Number(after))
        .toReversed()
        .slice(0, cap)
        .map((at) => ({
          formulaType: 'noRate',
          fundingRate: '0.1',
          fundingTime: String(at),
          instId: swap.instrument,
          instType: 'SWAP',
          method: 'current_period',
          realizedRate: '0.0001',
        }))

  it.each([400, 50])('comes whole and once, each with its interval, where pages hold %i rows', async (cap) => {
    const { io } = ioOf(venue(cap))
    const from = instant(first + DAY_MS)
    const { rows, reached } = await readAll(funding, io, { from })
    expect(sorted(timesOf(rows))).toEqual(times.slice(3))
    expect(rows.map((row) => row['hours'])).toEqual(rows.map(() => 8))
    expect(reached).toEqual({ from })
  })

  it('has no interval of the very first payment', async () => {
    const { io } = ioOf(venue(400))
    const { rows, reached } = await readAll(funding, io, { from: instant(first - DAY_MS) })
    expect(rows).toHaveLength(times.length)
    expect(rows.filter((row) => row['hours'] === undefined).map((row) => row['at'])).toEqual([first])
    expect(reached).toEqual({ from: first - DAY_MS })
  })
})

describe('every door', () => {
  it('covers each kind on each market once', () => {
    expect(okx.history.map(({ kind, market, interval }) => [kind, market, interval].join(' '))).toEqual([
      'candle spot 1m',
      'candle perp 1m',
      'candle spot 1h',
      'candle perp 1h',
      'trade spot ',
      'trade perp ',
      'openInterest perp 5m',
      ...Array.from({ length: 4 }, () => 'positioning perp 5m'),
      'funding perp ',
    ])
    expect(okx.history.every(({ covers }) => covers(swap))).toBe(true)
  })
})

describe('asking', () => {
  const answering = (json: unknown): VenueIo => ({ ...ioOf(() => []).io, ask: () => Promise.resolve(json) })
  const request = { path: '/api/v5/market/candles', budget: 'candles' }
  const payload = (name: string): unknown => fixture('okx', name).payload

  it('refuses an error that comes with status 200, and says whether to ask again', async () => {
    await expect(askOkx(answering(payload('error-badInstrument')), request)).rejects.toMatchObject({
      code: 'OKX_REFUSED',
      message: `okx refused "/api/v5/market/candles": 51001 Instrument ID doesn't exist`,
      retry: 'never',
    })
    for (const name of ['error-rateLimitedInBody', 'error-rateLimited']) {
      const again = { code: 'OKX_REFUSED', retry: 'later', retryAfterMs: 2000 }
      await expect(askOkx(answering(payload(name)), request)).rejects.toMatchObject(again)
    }
    await expect(askOkx(answering(payload('error-restrictedRegion')), request)).rejects.toMatchObject({
      retry: 'never',
    })
  })

  it('asks again after a time-out that comes with status 400, and not after a wrong question', async () => {
    const refusing = (name: string): VenueIo => ({
      ...ioOf(() => []).io,
      ask: () => Promise.reject(new RequestRefusedError('https://okx.test', 400, JSON.stringify(payload(name)))),
    })
    await expect(askOkx(refusing('error-timeout'), request)).rejects.toMatchObject({ retry: 'later' })
    await expect(askOkx(refusing('error-missingParameter'), request)).rejects.toMatchObject({
      code: 'REQUEST_REFUSED',
      retry: 'never',
    })
  })

  it.each([[null], [[]], [{}], [{ code: '0' }], [{ code: 0, data: [] }], ['']])(
    'does not take %j for the end',
    async (json) => {
      await expect(askOkx(answering(json), request)).rejects.toMatchObject({ code: 'OKX_ANSWER', retry: 'later' })
    },
  )

  it('reads the clock', async () => {
    await expect(okx.fetchTime(answering(payload('both-time-rest')))).resolves.toBe(1_597_026_383_085)
  })

  it('lists spot and swaps with the hours of their funding', async () => {
    const ask = ({ path, query }: VenueRequest): Promise<unknown> => {
      if (path === '/api/v5/public/funding-rate') return Promise.resolve(payload('perp-funding-rest'))
      return Promise.resolve(payload(query?.['instType'] === 'SPOT' ? 'spot-instrument-rest' : 'perp-instrument-rest'))
    }
    const { listed, faults } = await fetchListing({ ...ioOf(() => []).io, ask })
    expect(faults).toEqual([])
    const hours = (each: Pick<Instrument, 'instrument' | 'fundingHours'>) => [each.instrument, each.fundingHours]
    expect(listed.map(({ instrument }) => hours(instrument))).toEqual([
      ['BTC-USDT', undefined],
      ['BTC-USD-SWAP', undefined],
      ['ETH-USDT-SWAP', undefined],
      ['BTC-USDT-SWAP', 8],
    ])
  })
})
