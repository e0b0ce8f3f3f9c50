import { describe, expect, it } from 'vitest'
import { contextOf, made } from '../../../test/support/wire.ts'
import { DAY_MS, HOUR_MS, instant, MINUTE_MS, SECOND_MS } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { HistoryDoor, MappedRow, Reached, VenueIo, VenueRequest } from '../source.ts'
import { history } from './history.ts'

type Query = Readonly<Record<string, string | number | undefined>>
type Rows = readonly unknown[]

const NOW = 1_790_000_123_456
const btc = made('gate', { instrument: 'BTC_USDT', contractSize: 0.0001, fundingHours: 8 })
const inverse = made('gate', { instrument: 'BTC_USD', contract: 'inverse', contractSize: 1, quote: 'USD' })
const pair = made('gate', { instrument: 'BTC_USDT', market: 'spot', contract: 'none' })

/** The venue on this machine: answers by its documents, refuses what they forbid, and keeps what it was asked. */
interface Fake {
  readonly io: VenueIo
  readonly asked: VenueRequest[]
}

function fakeOf(answer: (query: Query, path: string) => Rows): Fake {
  const asked: VenueRequest[] = []
  const ask = async (request: VenueRequest): Promise<unknown> => {
    asked.push(request)
    expect(asked.length, 'asks for ever').toBeLessThan(5000)
    return answer(request.query ?? {}, request.path)
  }
  return { io: { ask, now: () => instant(NOW), signal: new AbortController().signal }, asked }
}

interface Come {
  readonly rows: readonly MappedRow[]
  readonly faults: readonly unknown[]
  readonly reached: Reached
}

async function read(door: HistoryDoor, io: VenueIo, is: Instrument, from: number, to: number): Promise<Come> {
  const pages = door.fetch(io, contextOf('gate', [is]), { instrument: is, from: instant(from), to: instant(to) })
  const rows: MappedRow[] = []
  const faults: unknown[] = []
  for (;;) {
    const { done, value } = await pages.next()
    if (done === true) return { rows, faults, reached: value }
    rows.push(...value.rows)
    faults.push(...value.faults)
  }
}

function doorOf(kind: HistoryDoor['kind'], market: 'spot' | 'perp', interval?: string): HistoryDoor {
  const found = history.find((door) => door.kind === kind && door.market === market && door.interval === interval)
  if (found === undefined) throw new Error(`no door of ${kind}`)
  return found
}

const timesOf = ({ rows }: Come): number[] => rows.map(({ row }) => Number(row['at'])).toSorted((a, b) => a - b)
const idsOf = ({ rows }: Come): number[] => rows.map(({ row }) => Number(row['tradeId'])).toSorted((a, b) => a - b)
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

/** Every question was another. */
function expectNothingTwice({ asked }: Fake): void {
  const questions = asked.map(({ path, query }) => JSON.stringify([path, query]))
  expect(new Set(questions).size).toBe(questions.length)
}

const secondsOf = (ms: number): number => Math.floor(ms / SECOND_MS)

/** Whether a row of a second lies in what was asked for, where the end counts or not. */
const isAsked = (second: number, { from, to }: Query, end: 'counts' | 'does not'): boolean =>
  second >= Number(from) && (end === 'counts' ? second <= Number(to) : second < Number(to))

describe('candles', () => {
  function candleFake(stepMs: number, pageRows: number, end: 'counts' | 'does not'): Fake {
    const running = Math.floor(NOW / stepMs) * stepMs
    return fakeOf((query, path) => {
      expect(query).not.toHaveProperty('limit')
      expect(Number(query['from']) * 1000).toBeGreaterThan(running - 10_000 * stepMs)
      expect((Number(query['to']) - Number(query['from'])) * 1000).toBeLessThan(pageRows * stepMs)
      const bars: unknown[] = []
      for (let at = Math.ceil((Number(query['from']) * 1000) / stepMs) * stepMs; at <= running; at += stepMs) {
        const t = at / 1000
        if (!isAsked(t, query, end)) continue
        const closed = String(at < running)
        const spot = [String(t), '20', '2', '3', '1', '2', '10', closed]
        bars.push(path.includes('spot') ? spot : { t, v: '10', o: '2', h: '3', l: '1', c: '2', sum: '20' })
      }
      return bars
    })
  }

  it.each([
    ['spot', '1m', 'counts'],
    ['spot', '1h', 'does not'],
    ['perp', '1m', 'does not'],
    ['perp', '1h', 'counts'],
  ] as const)('of %s %s come whole, each once, where the end %s', async (market, interval, end) => {
    const step = interval === '1m' ? MINUTE_MS : HOUR_MS
    const fake = candleFake(step, market === 'spot' ? 1000 : 1999, end)
    const running = Math.floor(NOW / step) * step
    const [from, to] = [running - 4500 * step, running + step]
    const come = await read(doorOf('candle', market, interval), fake.io, market === 'spot' ? pair : btc, from, to)
    expect(come.faults).toEqual([])
    expect(timesOf(come)).toEqual(upTo(4500).map((i) => from + i * step))
    expect(come.reached).toEqual({ from })
    expectNothingTwice(fake)
  })

  it('begin with the first bar that opens in the stretch, and reach to its beginning all the same', async () => {
    const fake = candleFake(MINUTE_MS, 1000, 'counts')
    const open = Math.floor(NOW / MINUTE_MS) * MINUTE_MS - HOUR_MS
    const come = await read(doorOf('candle', 'spot', '1m'), fake.io, pair, open + 1, open + 2 * MINUTE_MS + 1)
    expect(timesOf(come)).toEqual([open + MINUTE_MS, open + 2 * MINUTE_MS])
    expect(come.reached).toEqual({ from: open + 1 })
  })

  it('older than the newest 10000 bars are not asked for, and that is said', async () => {
    const fake = candleFake(MINUTE_MS, 1999, 'counts')
    const door = doorOf('candle', 'perp', '1m')
    const come = await read(door, fake.io, btc, NOW - 20 * DAY_MS, NOW)
    expect(timesOf(come)[0]).toBe(come.reached.from)
    expect(come.reached).toMatchObject({ why: 'only the newest 10000 bars are served' })
    expect(NOW - come.reached.from).toBeLessThanOrEqual(door.depthMs)
    const before = await read(door, fakeOf(() => []).io, btc, NOW - 20 * DAY_MS, NOW - 19 * DAY_MS)
    expect(before).toMatchObject({ rows: [], reached: { from: NOW - 19 * DAY_MS } })
  })

  it('are asked for at the door of what the contract is settled in', async () => {
    const fake = candleFake(HOUR_MS, 1999, 'counts')
    await read(doorOf('candle', 'perp', '1h'), fake.io, inverse, NOW - DAY_MS, NOW)
    expect(fake.asked.map(({ path, budget }) => [path, budget])).toEqual([
      ['/api/v4/futures/btc/candlesticks', 'futures candlesticks'],
    ])
  })
})

describe('trades', () => {
  const times = (count: number, perTrade: number): number[] => upTo(count).map((i) => NOW - 2 * HOUR_MS + i * perTrade)

  function spotFake(at: readonly number[], order: 'newest first' | 'oldest first'): Fake {
    return fakeOf((query) => {
      const [limit, page] = [Number(query['limit']), Number(query['page'])]
      expect(limit * (page - 1)).toBeLessThanOrEqual(100_000)
      const rows = at.flatMap((time, i) =>
        isAsked(secondsOf(time), query, 'counts')
          ? [
              {
                id: String(9_000_000 + 7 * i),
                create_time: String(secondsOf(time)),
                create_time_ms: `${time}.123000`,
                currency_pair: 'BTC_USDT',
                side: 'buy',
                amount: '1',
                price: '2',
                sequence_id: String(i),
              },
            ]
          : [],
      )
      if (order === 'newest first') rows.reverse()
      return rows.slice(limit * (page - 1), limit * page)
    })
  }

  it.each(['newest first', 'oldest first'] as const)('of spot come whole, each once, %s', async (order) => {
    const at = times(7000, 900)
    const fake = spotFake(at, order)
    const come = await read(doorOf('trade', 'spot'), fake.io, pair, NOW - 2 * HOUR_MS, NOW)
    expect(come.faults).toEqual([])
    expect(idsOf(come)).toEqual(upTo(7000))
    expectNothingTwice(fake)
  })

  it('of spot are those of the stretch, to the millisecond', async () => {
    const at = times(10, 100)
    const come = await read(doorOf('trade', 'spot'), spotFake(at, 'newest first').io, pair, at[2]!, at[5]!)
    expect(idsOf(come)).toEqual([2, 3, 4])
  })

  it('of spot reach back 30 days', async () => {
    const come = await read(doorOf('trade', 'spot'), fakeOf(() => []).io, pair, NOW - 31 * DAY_MS, NOW)
    expect(come.reached).toEqual({ from: NOW - 30 * DAY_MS, why: 'trades are served for 30 days' })
  })

  function perpFake(at: readonly number[], offsets: 'heeded' | 'ignored'): Fake {
    return fakeOf((query) => {
      const [limit, offset] = [Number(query['limit']), offsets === 'heeded' ? Number(query['offset']) : 0]
      const rows = at.flatMap((time, i) =>
        isAsked(secondsOf(time), query, 'counts')
          ? [
              {
                id: i,
                create_time: time / 1000,
                create_time_ms: time / 1000,
                contract: 'BTC_USDT',
                size: 1,
                price: '2',
              },
            ]
          : [],
      )
      return rows.toReversed().slice(offset, offset + limit)
    })
  }

  it('of contracts come whole, each once', async () => {
    const fake = perpFake(times(7000, 900), 'heeded')
    const come = await read(doorOf('trade', 'perp'), fake.io, btc, NOW - 2 * HOUR_MS, NOW)
    expect(come.faults).toEqual([])
    expect(idsOf(come)).toEqual(upTo(7000))
    expect(timesOf(come)).toEqual(times(7000, 900))
    expectNothingTwice(fake)
  })

  it('of contracts come whole where the venue pays no heed to offsets', async () => {
    const come = await read(
      doorOf('trade', 'perp'),
      perpFake(times(7000, 900), 'ignored').io,
      btc,
      NOW - 2 * HOUR_MS,
      NOW,
    )
    expect(come.faults).toEqual([])
    expect([...new Set(idsOf(come))]).toEqual(upTo(7000))
  })

  it('of contracts that cannot all be had of one second are told', async () => {
    const come = await read(
      doorOf('trade', 'perp'),
      perpFake(times(3000, 0), 'ignored').io,
      btc,
      NOW - 2 * HOUR_MS,
      NOW,
    )
    expect(come.faults).toMatchObject([{ channel: 'futures trades', why: 'more rows in one second than are served' }])
  })
})

describe('statistics', () => {
  const STEP = 5 * MINUTE_MS

  function statsFake(most: number): Fake {
    const running = Math.floor(NOW / STEP) * STEP
    return fakeOf((query) => {
      expect(query).not.toHaveProperty('to')
      const from = Math.ceil((Number(query['from']) * 1000) / STEP) * STEP
      expect(NOW - from).toBeLessThan(180 * DAY_MS)
      const count = Math.min(Number(query['limit']), most, (running - from) / STEP + 1)
      const none = { long_liq_size: '0', long_liq_amount: 0, long_liq_usd: 0 }
      return upTo(Math.max(count, 0)).map((i) => ({
        time: (from + i * STEP) / 1000,
        lsr_taker: 2,
        lsr_account: 2,
        top_lsr_account: 2,
        top_lsr_size: '2',
        open_interest: '5',
        open_interest_usd: 1,
        mark_price: '8865',
        ...none,
        short_liq_size: '0',
        short_liq_amount: 0,
        short_liq_usd: 0,
      }))
    })
  }

  it.each([1000, 100, 30])('of open interest come whole, each once, in pages of at most %i', async (most) => {
    const fake = statsFake(most)
    const to = Math.floor(NOW / STEP) * STEP
    const come = await read(doorOf('openInterest', 'perp', '5m'), fake.io, btc, to - 500 * STEP, to)
    expect(come.faults).toEqual([])
    expect(timesOf(come)).toEqual(upTo(500).map((i) => to - (500 - i) * STEP))
    expect(fake.asked).toHaveLength(Math.ceil(500 / Math.min(most, 100)))
    expectNothingTwice(fake)
  })

  it('of positioning are four measures of each window', async () => {
    const to = Math.floor(NOW / STEP) * STEP
    const come = await read(doorOf('positioning', 'perp', '5m'), statsFake(100).io, btc, to - 10 * STEP, to)
    expect(come.rows.map(({ record }) => record.name)).toEqual(Array.from({ length: 40 }, () => 'positioning'))
  })

  it('leave out the window that is running, and end there', async () => {
    const fake = statsFake(100)
    const come = await read(doorOf('openInterest', 'perp', '5m'), fake.io, btc, NOW - HOUR_MS, NOW)
    expect(Math.max(...timesOf(come))).toBe(Math.floor(NOW / STEP) * STEP - STEP)
    expect(come.rows).toHaveLength(11)
    expect(fake.asked).toHaveLength(1)
  })

  it('end where the venue has nothing, or nothing readable', async () => {
    for (const answer of [[], [{}], [{ time: 1 }]]) {
      const fake = fakeOf(() => answer)
      await read(doorOf('openInterest', 'perp', '5m'), fake.io, btc, NOW - DAY_MS, NOW)
      expect(fake.asked).toHaveLength(1)
    }
  })

  it('older than 180 days are not asked for', async () => {
    const come = await read(
      doorOf('openInterest', 'perp', '5m'),
      statsFake(1000).io,
      btc,
      NOW - 200 * DAY_MS,
      NOW - 179 * DAY_MS,
    )
    expect(come.reached).toEqual({ from: NOW - 180 * DAY_MS + HOUR_MS, why: 'served for 180 days' })
  })
})

describe('funding', () => {
  it('comes whole, each once, where it is paid every hour', async () => {
    const paid = upTo(24 * 100).map((i) => Math.floor(NOW / HOUR_MS) * HOUR_MS - i * HOUR_MS)
    const fake = fakeOf((query) => {
      expect(Number(query['limit'])).toBeLessThanOrEqual(1000)
      const rows = paid.filter((time) => isAsked(secondsOf(time), query, 'counts'))
      return rows.slice(0, Number(query['limit'])).map((time) => ({ t: time / 1000, r: '0.0001' }))
    })
    const from = NOW - 100 * DAY_MS
    const come = await read(doorOf('funding', 'perp'), fake.io, btc, from, NOW)
    expect(come.faults).toEqual([])
    expect(timesOf(come)).toEqual(paid.toReversed())
    expect(come.reached).toEqual({ from })
    expectNothingTwice(fake)
  })
})

describe('liquidations', () => {
  function liquidationFake(seconds: readonly number[]): Fake {
    return fakeOf((query) => {
      expect(Number(query['to']) - Number(query['from'])).toBeLessThanOrEqual(3600)
      const order = { size: '-5', order_size: '5', order_price: '60000', fill_price: '60001', left: '0' }
      const rows = seconds.filter((second) => isAsked(second, query, 'counts'))
      return rows.slice(0, Number(query['limit'])).map((time) => ({ time, contract: 'BTC_USDT', ...order }))
    })
  }
  const door = doorOf('liquidation', 'perp')
  const idsIn = ({ rows }: Come): unknown[] => rows.map(({ row }) => row['liquidationId'])

  it('come whole, each once, the equal ones of a second too', async () => {
    const seconds = upTo(1800).map((i) => secondsOf(NOW) - 9000 + 10 * Math.floor(i / 2))
    const fake = liquidationFake(seconds)
    const come = await read(door, fake.io, btc, NOW - 3 * HOUR_MS, NOW)
    expect(come.faults).toEqual([])
    expect(come.rows).toHaveLength(1800)
    expect(new Set(idsIn(come)).size).toBe(1800)
    expectNothingTwice(fake)
  })

  it('have the same ids however the stretch is cut', async () => {
    const at = secondsOf(NOW) - 100
    const fake = liquidationFake([at, at, at])
    const whole = await read(door, fake.io, btc, NOW - HOUR_MS, NOW)
    const cut = await read(door, fake.io, btc, at * 1000 + 500, NOW)
    expect(idsIn(whole)).toHaveLength(3)
    expect(idsIn(cut)).toEqual(idsIn(whole))
  })

  it('of an hour with more than a page are found by halves', async () => {
    const seconds = upTo(5000).map((i) => secondsOf(NOW) - 3000 + Math.floor(i / 2))
    const come = await read(door, liquidationFake(seconds).io, btc, NOW - HOUR_MS, NOW)
    expect(come.faults).toEqual([])
    expect(new Set(idsIn(come)).size).toBe(5000)
  })
})
