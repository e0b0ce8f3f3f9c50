import { assert, asyncProperty, integer } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contextOf, made } from '../../../test/support/wire.ts'
import { DAY_MS, HOUR_MS, instant, MINUTE_MS, parseInstant, type InstantMs } from '../../core/instant.ts'
import { RequestRefusedError, ServerFailedError } from '../../net/httpErrors.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { HistoryDoor, Mapped, MappedRow, Reached, VenueIo, VenueRequest } from '../source.ts'
import { binance } from './binance.ts'

const NOW = parseInstant('2026-09-01T12:00:30Z')
const perp = made('binance')
const spot = made('binance', { market: 'spot', instrument: 'BTCUSDT', contract: 'none' })

type Answer = (query: Readonly<Record<string, number>>, path: string) => unknown

/** A venue that answers by the documented rules; every question is kept. */
function venue(answer: Answer, now: () => InstantMs = () => NOW): { io: VenueIo; asked: VenueRequest[] } {
  const asked: VenueRequest[] = []
  const ask = async (request: VenueRequest): Promise<unknown> => {
    asked.push(request)
    return structuredClone(answer(request.query as Record<string, number>, request.path))
  }
  return { io: { ask, now, signal: new AbortController().signal }, asked }
}

const refuse = (code: number, msg: string): never => {
  throw new RequestRefusedError('https://fapi.binance.com', 400, JSON.stringify({ msg, code }))
}

const doorOf = (
  kind: HistoryDoor['kind'],
  market: 'spot' | 'perp',
  which: Partial<HistoryDoor> = {},
  nth = 0,
): HistoryDoor =>
  binance.history.filter(
    (each) => each.kind === kind && each.market === market && (which.interval ?? each.interval) === each.interval,
  )[nth]!

interface Read {
  readonly rows: readonly MappedRow[]
  readonly reached: Reached
  readonly asked: readonly VenueRequest[]
}

/** Everything that a door gives of a stretch. Nothing is faulty, nothing comes twice, nothing is asked twice. */
async function readAll(
  door: HistoryDoor,
  is: Instrument,
  stretch: { from: number; to: number },
  answer: Answer,
): Promise<Read> {
  const { io, asked } = venue(answer)
  const past = { instrument: is, from: instant(stretch.from), to: instant(stretch.to) }
  const pages = door.fetch(io, contextOf('binance', [is]), past)
  const rows: MappedRow[] = []
  for (;;) {
    const next = await pages.next()
    if (next.done === true) {
      for (const { address, budget } of asked) {
        expect(binance.addresses).toHaveProperty(address)
        expect(binance.budgets).toHaveProperty(budget)
      }
      const questions = asked.map(({ query }) => JSON.stringify(query))
      expect(new Set(questions).size).toBe(questions.length)
      const keys = rows.map(({ row }) => `${String(row['at'])}/${String(row['tradeId'])}`)
      expect(new Set(keys).size).toBe(keys.length)
      expect(rows.filter(({ row }) => Number(row['at']) < past.from || Number(row['at']) >= past.to)).toEqual([])
      return { rows, reached: next.value, asked }
    }
    expect(next.value.faults).toEqual([])
    rows.push(...next.value.rows)
  }
}

const timesOf = ({ rows }: Read): number[] => rows.map(({ row }) => Number(row['at'])).toSorted((a, b) => a - b)

describe('candles', () => {
  const LISTED = parseInstant('2026-08-30T00:00:00Z')
  /** Rows from the one at or after the start, oldest first; the last may be open. */
  const serve =
    (stepMs: number): Answer =>
    ({ startTime = 0, endTime = 0, limit = 500 }) => {
      if (limit > 1_000) return refuse(-1130, "Data sent for parameter 'limit' is not valid.")
      const first = Math.max(LISTED, Math.ceil(startTime / stepMs) * stepMs)
      const rows = []
      for (let at = first; at <= Math.min(endTime, NOW) && rows.length < limit; at += stepMs) {
        rows.push([at, '1', '2', '0.5', '1.5', '10', at + stepMs - 1, '15', 3, '4', '6', '0'])
      }
      return rows
    }
  const closed = (from: number, to: number, stepMs: number): number[] => {
    const all = []
    for (let at = LISTED as number; at < to && at + stepMs <= NOW; at += stepMs) if (at >= from) all.push(at)
    return all
  }

  it.each([
    ['1m', 'spot', spot],
    ['1m', 'perp', perp],
    ['1h', 'spot', spot],
    ['1h', 'perp', perp],
  ] as const)(
    'of %s on %s come whole, whatever the stretch, and never one that is open',
    async (interval, market, is) => {
      const stepMs = interval === '1m' ? MINUTE_MS : HOUR_MS
      const minutes = integer({ min: -2_000, max: 4_000 })
      await assert(
        asyncProperty(minutes, integer({ min: 1, max: 4_000 * MINUTE_MS }), async (start, length) => {
          const from = NOW - 3_000 * MINUTE_MS + start * MINUTE_MS
          const read = await readAll(
            doorOf('candle', market, { interval }),
            is,
            { from, to: from + length },
            serve(stepMs),
          )
          expect(timesOf(read)).toEqual(closed(from, from + length, stepMs))
          expect(read.reached).toEqual({ from })
          expect(read.asked.length).toBeLessThanOrEqual(Math.floor(length / stepMs / 1_000) + 2)
        }),
        { numRuns: 12 },
      )
    },
  )

  it('ask for no more than the stretch holds, and pay no more on futures', async () => {
    const weights = async (bars: number) => {
      const stretch = { from: NOW - 2_000 * MINUTE_MS, to: NOW - 2_000 * MINUTE_MS + bars * MINUTE_MS }
      const { asked } = await readAll(doorOf('candle', 'perp', { interval: '1m' }), perp, stretch, serve(MINUTE_MS))
      return asked.map(({ query, weight }) => [query?.['limit'], weight])
    }
    expect(await weights(3)).toEqual([[3, 1]])
    expect(await weights(99)).toEqual([[99, 1]])
    expect(await weights(100)).toEqual([[100, 2]])
    expect(await weights(500)).toEqual([[500, 5]])
    expect(await weights(1_002)).toEqual([
      [1_000, 5],
      [3, 1],
    ])
  })

  it('do not keep a bar that closed while the answer was on its way', async () => {
    let now = parseInstant('2026-09-01T12:00:59.900Z')
    const answer: Answer = (query, path) => {
      now = parseInstant('2026-09-01T12:01:00.100Z')
      return serve(MINUTE_MS)(query, path)
    }
    const { io } = venue(answer, () => now)
    const past = {
      instrument: perp,
      from: parseInstant('2026-09-01T11:58:00Z'),
      to: parseInstant('2026-09-01T12:01:00Z'),
    }
    const pages = doorOf('candle', 'perp', { interval: '1m' }).fetch(io, contextOf('binance', [perp]), past)
    const { value } = await pages.next()
    expect((value as Mapped).rows.map(({ row }) => row['at'])).toEqual([past.from, past.from + MINUTE_MS])
  })
})

describe('trades', () => {
  /** Trades with ids that rise by one, in bursts and with quiet hours between. */
  const TRADES = (() => {
    const trades: { a: number; p: string; q: string; f: number; l: number; T: number; m: boolean }[] = []
    let at = NOW - 40 * HOUR_MS
    for (let i = 0; at < NOW; i++) {
      // Some 1,300 in one millisecond too: more than a page.
      at += i % 2_500 === 0 ? 5 * HOUR_MS : i > 6_000 && i < 7_300 ? 0 : (i * 7) % 20_000
      if (at < NOW) trades.push({ a: 1_000 + i, p: '100', q: '0.5', f: i, l: i, T: at, m: i % 2 === 0 })
    }
    return trades
  })()

  const serve =
    (market: 'spot' | 'perp'): Answer =>
    ({ fromId, startTime, endTime, limit = 500 }) => {
      const oldest = market === 'perp' ? NOW - DAY_MS : 0
      const served = TRADES.filter(({ T }) => T >= oldest)
      if (fromId !== undefined) {
        if (startTime !== undefined || endTime !== undefined) throw new Error('an id and times in one question')
        return served.filter(({ a }) => a >= fromId).slice(0, limit)
      }
      if (startTime === undefined || endTime === undefined) throw new Error('no time')
      if (market === 'perp' && endTime - startTime >= HOUR_MS)
        refuse(-1127, 'More than 1 hours between startTime and endTime.')
      return served.filter(({ T }) => T >= startTime && T <= endTime).slice(0, limit)
    }

  const idsIn = (from: number, to: number): string[] =>
    TRADES.filter(({ T }) => T >= from && T < to).map(({ a }) => String(a))
  const ids = ({ rows }: Read): string[] => rows.map(({ row }) => String(row['tradeId']))

  it.each([
    ['spot', spot, 38],
    ['perp', perp, 23],
  ] as const)('of %s come whole, in order, whatever the stretch', async (market, is, hours) => {
    const ms = integer({ min: 0, max: hours * HOUR_MS })
    await assert(
      asyncProperty(ms, ms, async (a, b) => {
        const [from, to] = [NOW - Math.max(a, b) - 1, NOW - Math.min(a, b)]
        const read = await readAll(doorOf('trade', market), is, { from, to }, serve(market))
        expect(ids(read)).toEqual(idsIn(from, to))
        expect(read.reached).toEqual({ from })
        expect(read.asked.length).toBeLessThanOrEqual(ids(read).length / 1_000 + 9)
      }),
      { numRuns: 20 },
    )
  })

  it('of futures say from when on they reach', async () => {
    const read = await readAll(doorOf('trade', 'perp'), perp, { from: NOW - 3 * DAY_MS, to: NOW }, serve('perp'))
    expect(read.reached.from).toBeGreaterThanOrEqual(NOW - DAY_MS)
    expect(read.reached.from).toBeLessThan(NOW - DAY_MS + HOUR_MS)
    expect(read.reached.why).toBe('the venue serves trades of futures for 24 hours only')
    expect(ids(read)).toEqual(idsIn(read.reached.from, NOW))
  })

  it('of a stretch that is too old are not even asked for', async () => {
    const to = NOW - 2 * DAY_MS
    const read = await readAll(doorOf('trade', 'perp'), perp, { from: NOW - 3 * DAY_MS, to }, serve('perp'))
    expect(read).toMatchObject({ rows: [], asked: [], reached: { from: to } })
  })

  it('of a stretch without any cost a question an hour on futures, and one on spot', async () => {
    const stretch = { from: NOW - 4 * HOUR_MS, to: NOW }
    expect((await readAll(doorOf('trade', 'perp'), perp, stretch, () => [])).asked).toHaveLength(4)
    expect((await readAll(doorOf('trade', 'spot'), spot, stretch, () => [])).asked).toHaveLength(1)
  })

  it('of an answer that holds nothing readable are an error, not an end', async () => {
    const stretch = { from: NOW - HOUR_MS, to: NOW }
    const unreadable = { code: 'UNREADABLE_PAGE', retry: 'later' }
    await expect(readAll(doorOf('trade', 'spot'), spot, stretch, () => ({}))).rejects.toMatchObject(unreadable)
    await expect(readAll(doorOf('trade', 'spot'), spot, stretch, () => [{ a: 1 }])).rejects.toMatchObject(unreadable)
  })
})

describe('statistics', () => {
  const STEP = 5 * MINUTE_MS
  /** Rows inside both ends, oldest first; where the window holds more than the limit, the newest of them. */
  const serve =
    (keptMs: number): Answer =>
    ({ startTime = 0, endTime = 0, limit = 30 }, path) => {
      if (startTime < NOW - keptMs) return refuse(-1130, "parameter 'startTime' is invalid.")
      const rows = []
      for (let at = Math.ceil(startTime / STEP) * STEP; at <= Math.min(endTime, NOW); at += STEP) {
        const ratio = { longShortRatio: '1.5', longAccount: '0.6', shortAccount: '0.4' }
        if (path.endsWith('openInterestHist')) {
          rows.push({ symbol: 'BTCUSDT', sumOpenInterest: '10', sumOpenInterestValue: '1000', timestamp: at })
        } else if (path.endsWith('takerlongshortRatio')) {
          rows.push({ buySellRatio: '1.5', buyVol: '3', sellVol: '2', timestamp: String(at) })
        } else rows.push({ symbol: 'BTCUSDT', ...ratio, timestamp: at })
      }
      return rows.slice(-limit)
    }
  const labels = (from: number, to: number): number[] => {
    const all = []
    for (let at = Math.ceil(from / STEP) * STEP; at < to && at <= NOW; at += STEP) all.push(at)
    return all
  }
  const DOORS = [
    ['open interest', doorOf('openInterest', 'perp')],
    ['all accounts', doorOf('positioning', 'perp', {}, 0)],
    ['top accounts', doorOf('positioning', 'perp', {}, 1)],
    ['top positions', doorOf('positioning', 'perp', {}, 2)],
    ['takers', doorOf('positioning', 'perp', {}, 3)],
  ] as const

  it.each(DOORS)('of %s come whole, whatever the stretch', async (_, door) => {
    const minutes = integer({ min: 0, max: 29 * 24 * 60 })
    await assert(
      asyncProperty(minutes, minutes, async (a, b) => {
        const [from, to] = [NOW - Math.max(a, b) * MINUTE_MS - 1, NOW - Math.min(a, b) * MINUTE_MS]
        const read = await readAll(door, perp, { from, to }, serve(30 * DAY_MS))
        expect(timesOf(read)).toEqual(labels(from, to))
        expect(read.reached).toEqual({ from })
        expect(read.asked.length).toBeLessThanOrEqual((to - from) / STEP / 500 + 1)
      }),
      { numRuns: 8 },
    )
  })

  it('are told apart by their measure', async () => {
    const stretch = { from: NOW - HOUR_MS, to: NOW }
    const measures = DOORS.slice(1).map(async ([, door]) => {
      const { rows } = await readAll(door, perp, stretch, serve(30 * DAY_MS))
      return rows[0]?.row['measure']
    })
    expect(await Promise.all(measures)).toEqual(['long_short_accounts', 'top_accounts', 'top_positions', 'taker_ratio'])
  })

  it('reach 30 days back and say so', async () => {
    const from = NOW - 400 * DAY_MS
    const read = await readAll(DOORS[0][1], perp, { from, to: NOW }, serve(30 * DAY_MS))
    expect(read.reached).toEqual({
      from: NOW - 30 * DAY_MS + HOUR_MS,
      why: 'the venue keeps its statistics for 30 days only',
    })
    expect(timesOf(read)).toEqual(labels(read.reached.from, NOW))
  })

  it.each([0.2, 1, 6.9, 7, 20, 29.9])(
    'take a refusal for the end of what is kept, to the hour, and lose nothing before it: %d days',
    async (days) => {
      const from = NOW - 29.5 * DAY_MS
      const read = await readAll(DOORS[0][1], perp, { from, to: NOW }, serve(days * DAY_MS))
      const { from: reached, why } = read.reached
      const late = reached - (NOW - Math.min(days, 29.5) * DAY_MS)
      expect(late).toBeGreaterThanOrEqual(0)
      expect(late).toBeLessThan(HOUR_MS)
      expect(why === undefined).toBe(days > 29.5)
      expect(timesOf(read)).toEqual(labels(reached, NOW))
      expect(read.asked.length).toBeLessThan(40)
    },
  )
})

describe('funding', () => {
  /** Charges every 8, then 4, then 1 hours, off the hour by some milliseconds; and special ones at regular times. */
  const CHARGES = (() => {
    const charges: { symbol: string; fundingRate: string; fundingTime: number; markPrice: string; rateType: string }[] =
      []
    let at = parseInstant('2026-01-01')
    for (let i = 0; at < NOW - HOUR_MS; i++) {
      const hours = i < 300 ? 8 : i < 600 ? 4 : 1
      at = instant(at + hours * HOUR_MS)
      const charge = { symbol: 'BTCUSDT', fundingRate: `${i / 1e6}`, fundingTime: at + (i % 40) - 10, markPrice: '100' }
      charges.push({ ...charge, rateType: 'Regular' })
      if (i % 7 === 0) charges.push({ ...charge, fundingRate: '0.02', rateType: 'Special' })
    }
    return charges
  })()
  const serve: Answer = ({ startTime = 0, endTime = 0, limit = 100 }) =>
    CHARGES.filter(({ fundingTime }) => fundingTime >= startTime && fundingTime <= endTime).slice(0, limit)
  const minuteOf = (ms: number): number => Math.round(ms / MINUTE_MS) * MINUTE_MS
  const expected = (from: number, to: number): number[] =>
    CHARGES.map(({ fundingTime, rateType }) => minuteOf(fundingTime) + (rateType === 'Special' ? 1 : 0)).filter(
      (at) => at >= from && at < to,
    )

  it('comes whole, whatever the stretch, with the hours of each interval, the first one too', async () => {
    const hours = integer({ min: 0, max: 240 * 24 })
    await assert(
      asyncProperty(hours, hours, async (a, b) => {
        const end = Math.floor(NOW / HOUR_MS) * HOUR_MS
        const [from, to] = [end - (Math.max(a, b) + 1) * HOUR_MS, end - Math.min(a, b) * HOUR_MS]
        const read = await readAll(doorOf('funding', 'perp'), perp, { from, to }, serve)
        expect(timesOf(read)).toEqual(expected(from, to))
        expect(read.reached).toEqual({ from })
        const hoursOf = (i: number) => (i < 300 ? 8 : i < 600 ? 4 : 1)
        const wrong = read.rows.filter(({ row: { rate, hours } }) => {
          const i = Math.round(Number(rate) * 1e6)
          return i > 0 && hours !== (rate === 0.02 ? undefined : hoursOf(i))
        })
        expect(wrong).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  it('is paged where two charges stand at one time on the border of two pages', async () => {
    const charge = { symbol: 'BTCUSDT', fundingRate: '0.0001', markPrice: '100', rateType: 'Regular' }
    const regular = Array.from({ length: 1_500 }, (_, i) => ({ ...charge, fundingTime: (i + 100) * HOUR_MS }))
    const charges = regular.toSpliced(1_000, 0, { ...regular[999]!, rateType: 'Special' })
    const page: Answer = ({ startTime = 0, limit = 100 }) =>
      charges.filter(({ fundingTime }) => fundingTime >= startTime).slice(0, limit)
    const { rows, asked } = await readAll(doorOf('funding', 'perp'), perp, { from: 0, to: NOW }, page)
    expect(asked.map(({ query }) => query?.['startTime'])).toEqual([-8 * HOUR_MS - MINUTE_MS, 1_099 * HOUR_MS])
    expect(rows).toHaveLength(1_501)
    expect(rows.filter(({ row }) => row['hours'] === undefined).map(({ row }) => row['at'])).toEqual([
      100 * HOUR_MS,
      1_099 * HOUR_MS + 1,
    ])
  })
})

describe('every door', () => {
  const all = binance.history.map((door) => [`${door.kind} ${door.market} ${door.interval ?? ''}`, door] as const)
  const isOf = (door: HistoryDoor): Instrument => (door.market === 'spot' ? spot : perp)
  const stretch = { from: NOW - HOUR_MS, to: NOW }

  it.each(all)('ends where the instrument is not listed any more: %s', async (_, door) => {
    const gone = (): never => refuse(-1121, 'Invalid symbol.')
    const { rows, reached } = await readAll(door, isOf(door), stretch, gone)
    expect(rows).toEqual([])
    expect(reached).toEqual({ from: NOW, why: 'the venue does not know "BTCUSDT" any more' })
  })

  it.each(all)('passes on what else goes wrong, and an answer that is no list: %s', async (_, door) => {
    const failed = new ServerFailedError('', 503, '')
    const failing = (): never => {
      throw failed
    }
    await expect(readAll(door, isOf(door), stretch, failing)).rejects.toBe(failed)
    const bad = (): never => refuse(-1120, 'Invalid interval.')
    await expect(readAll(door, isOf(door), stretch, bad)).rejects.toMatchObject({ code: 'REQUEST_REFUSED' })
    await expect(readAll(door, isOf(door), stretch, () => ({ code: 0 }))).rejects.toMatchObject({
      code: 'UNREADABLE_PAGE',
    })
  })
})
