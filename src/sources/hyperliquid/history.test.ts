import { describe, expect, it } from 'vitest'
import { contextOf, made } from '../../../test/support/wire.ts'
import { DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../core/instant.ts'
import type { Mapped, Reached, VenueIo, VenueRequest } from '../source.ts'
import { history } from './history.ts'
import { hyperliquid } from './hyperliquid.ts'

const btc = made('hyperliquid', { instrument: 'BTC', quote: 'USDC' })
const context = contextOf('hyperliquid', [btc])
const now = instant(Date.UTC(2026, 8, 28, 12, 0, 30))

type Question = Readonly<Record<string, unknown>>
interface Came {
  readonly asked: readonly VenueRequest[]
  readonly at: readonly number[]
  readonly faults: Mapped['faults']
  readonly reached: Reached
}

/** Opens a door in front of a venue that answers by these rules. */
async function read(
  kind: string,
  stretch: { readonly from: number; readonly to: number; readonly interval?: string },
  answer: (question: Question) => unknown,
): Promise<Came> {
  const asked: VenueRequest[] = []
  const io: VenueIo = {
    ask: async (request) => {
      asked.push(request)
      expect(asked.length).toBeLessThan(100)
      return answer(request.body as Question)
    },
    now: () => now,
    signal: new AbortController().signal,
  }
  const door = history.find((each) => each.kind === kind && each.interval === stretch.interval)!
  const pages = door.fetch(io, context, { instrument: btc, from: instant(stretch.from), to: instant(stretch.to) })
  const rows: Mapped['rows'][number][] = []
  const faults: Mapped['faults'][number][] = []
  for (;;) {
    const page = await pages.next()
    if (page.done === true) {
      const at = rows.map(({ row }) => Number(row['at'])).toSorted((a, b) => a - b)
      return { asked, at, faults, reached: page.value }
    }
    rows.push(...page.value.rows)
    faults.push(...page.value.faults)
  }
}

const range = (from: number, to: number, step: number): readonly number[] =>
  Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, i) => from + i * step)

/** Candles as documented: those that overlap what is asked for, of the newest 5000, the running one included. */
const candles =
  ({
    interval,
    stepMs,
    since = 0,
    rowsAPage = Infinity,
  }: {
    interval: string
    stepMs: number
    since?: number
    rowsAPage?: number
  }) =>
  (question: Question): unknown => {
    const { coin, startTime, endTime } = question['req'] as { coin: string; startTime: number; endTime: number }
    expect(question).toMatchObject({ type: 'candleSnapshot', req: { coin: 'BTC', interval } })
    const running = Math.floor(now / stepMs) * stepMs
    return range(Math.max(since, running - 4999 * stepMs), running + 1, stepMs)
      .filter((t) => t + stepMs - 1 >= startTime && t <= endTime)
      .slice(0, rowsAPage)
      .map((t) => ({
        t,
        T: t + stepMs - 1,
        s: coin,
        i: interval,
        o: '1.0',
        c: '2.0',
        h: '2.0',
        l: '1.0',
        v: '3.0',
        n: 4,
      }))
  }

const minutes = { interval: '1m', stepMs: MINUTE_MS }
const running = Math.floor(now / MINUTE_MS) * MINUTE_MS

describe('candles', () => {
  it('reads a stretch in one question, whose weight counts its rows', async () => {
    const [from, to] = [running - 600 * MINUTE_MS, running]
    const { asked, at, reached, faults } = await read('candle', { from, to, interval: '1m' }, candles(minutes))
    expect(asked.map(({ weight, budget }) => [weight, budget])).toEqual([[20 + 11, 'info']])
    expect(at).toEqual(range(from, to, MINUTE_MS))
    expect(reached).toEqual({ from })
    expect(faults).toEqual([])
  })

  it.each([1, 7, 500])('loses nothing and repeats nothing where an answer holds %i rows', async (rowsAPage) => {
    const bars = Math.min(rowsAPage * 20, 1200)
    const [from, to] = [running - bars * MINUTE_MS, running]
    const { at, reached } = await read('candle', { from, to, interval: '1m' }, candles({ ...minutes, rowsAPage }))
    expect(at).toEqual(range(from, to, MINUTE_MS))
    expect(reached).toEqual({ from })
  })

  it('leaves out the running bar', async () => {
    const { at } = await read('candle', { from: running - 2 * MINUTE_MS, to: now, interval: '1m' }, candles(minutes))
    expect(at).toEqual([running - 2 * MINUTE_MS, running - MINUTE_MS])
  })

  it('says from where the newest 5000 bars reach', async () => {
    const from = instant(now - 30 * DAY_MS)
    const { at, reached } = await read('candle', { from, to: running, interval: '1m' }, candles(minutes))
    const oldest = running - 4999 * MINUTE_MS
    expect(at).toEqual(range(oldest, running, MINUTE_MS))
    expect(reached).toEqual({ from: oldest, why: 'the venue serves the newest 5000 bars only' })
  })

  it('misses nothing of an instrument that is younger than 5000 bars', async () => {
    const [from, since] = [instant(now - 30 * DAY_MS), running - 100 * MINUTE_MS]
    const { at, reached } = await read('candle', { from, to: running, interval: '1m' }, candles({ ...minutes, since }))
    expect(at).toEqual(range(since, running, MINUTE_MS))
    expect(reached).toEqual({ from })
  })

  it('reaches nothing of a stretch that is older than all bars', async () => {
    const [from, to] = [now - 30 * DAY_MS, now - 20 * DAY_MS]
    const { asked, reached } = await read('candle', { from, to, interval: '1m' }, candles(minutes))
    expect(asked).toEqual([])
    expect(reached).toEqual({ from: to, why: 'the venue serves the newest 5000 bars only' })
  })

  it('stops where a venue answers with the same old bar for ever', async () => {
    const old = candles(minutes)({
      type: 'candleSnapshot',
      req: { coin: 'BTC', interval: '1m', startTime: running - 90 * MINUTE_MS, endTime: running - 90 * MINUTE_MS },
    })
    const { asked } = await read('candle', { from: running - 60 * MINUTE_MS, to: running, interval: '1m' }, () => old)
    expect(asked).toHaveLength(1)
  })

  it('reaches nothing where the answer is no list', async () => {
    const [from, to] = [running - 60 * MINUTE_MS, running]
    const { reached, faults } = await read('candle', { from, to, interval: '1m' }, () => null)
    expect(reached).toEqual({ from: to, why: 'an answer was not as documented' })
    expect(faults).toMatchObject([{ why: 'not a list' }])
  })

  it('has a door of 1h with the depth of its 5000 bars', async () => {
    const hour = Math.floor(now / HOUR_MS) * HOUR_MS
    const { at } = await read(
      'candle',
      { from: hour - 48 * HOUR_MS, to: hour, interval: '1h' },
      candles({ interval: '1h', stepMs: HOUR_MS }),
    )
    expect(at).toEqual(range(hour - 48 * HOUR_MS, hour, HOUR_MS))
    expect(history.find(({ interval }) => interval === '1h')?.depthMs).toBe(5000 * HOUR_MS)
  })
})

/** The newest ten trades, newest first, whatever is asked for. */
const trades = (times: readonly number[]) => (question: Question) => {
  expect(question).toEqual({ type: 'recentTrades', coin: 'BTC' })
  const fields = { coin: 'BTC', side: 'B', px: '1.0', sz: '1.0', hash: '0x0', users: ['0xa', '0xb'] }
  return times
    .toSorted((a, b) => b - a)
    .slice(0, 10)
    .map((time) => ({ ...fields, time, tid: time }))
}

describe('trades', () => {
  const [from, to] = [now - MINUTE_MS, now - 1000]

  it('reach over the whole of an outage of a quiet instrument', async () => {
    const times = range(now - HOUR_MS, now, 10_000)
    const { asked, at, reached } = await read('trade', { from, to }, trades(times))
    expect(asked.map(({ weight }) => weight)).toEqual([21])
    expect(at).toEqual(times.slice(-10))
    expect(reached).toEqual({ from })
  })

  it('reach back to the oldest of ten, behind its own millisecond', async () => {
    const times = range(now - HOUR_MS, now, 2000)
    const { reached } = await read('trade', { from, to }, trades(times))
    expect(reached).toEqual({ from: times.at(-10)! + 1, why: 'the venue serves the newest 10 trades only' })
  })

  it('reach nothing where ten came after the outage', async () => {
    const { reached } = await read('trade', { from, to }, trades(range(to + 100, to + 200, 5)))
    expect(reached).toEqual({ from: to, why: 'the venue serves the newest 10 trades only' })
  })

  it('are all there where less than ten ever were', async () => {
    const { at, reached } = await read('trade', { from, to }, trades([now - 30_000]))
    expect(at).toEqual([now - 30_000])
    expect(reached).toEqual({ from })
  })

  it('reach nothing where the answer cannot be read', async () => {
    const why = 'an answer was not as documented'
    expect((await read('trade', { from, to }, () => null)).reached).toEqual({ from: to, why })
    expect((await read('trade', { from, to }, () => [{ time: 'noon' }])).reached).toEqual({ from: to, why })
  })
})

/** Payments as documented: both times included, oldest first, 500 a reply; each some milliseconds after its hour. */
const payments = (question: Question): unknown => {
  const { type, coin, startTime, endTime } = question as {
    type: string
    coin: string
    startTime: number
    endTime: number
  }
  expect(type).toBe('fundingHistory')
  return range(Date.UTC(2026, 0, 1), now, HOUR_MS)
    .map((hour) => hour + 1 + ((hour / HOUR_MS) % 118))
    .filter((time) => time >= startTime && time <= endTime)
    .slice(0, 500)
    .map((time) => ({ coin, fundingRate: '0.0000125', premium: '0.0', time }))
}

describe('funding', () => {
  it('pages by 500 and loses nothing, asking for nothing twice', async () => {
    const [from, to] = [Date.UTC(2026, 2, 1), Date.UTC(2026, 5, 1)]
    const { asked, at, reached } = await read('funding', { from, to }, payments)
    expect(at).toEqual(range(from, to, HOUR_MS))
    expect(asked.map(({ weight }) => weight)).toEqual([45, 45, 45, 45, 31])
    expect(reached).toEqual({ from })
  })

  it.each([0, 1, 50, HOUR_MS - 1])(
    'has the payment of each hour of a stretch that ends %i ms after an hour',
    async (ms) => {
      const [from, hour] = [Date.UTC(2026, 2, 1), Date.UTC(2026, 2, 2)]
      const { at } = await read('funding', { from, to: hour + ms }, payments)
      expect(at).toEqual(range(from, ms === 0 ? hour : hour + 1, HOUR_MS))
    },
  )

  it('reaches nothing where the answer cannot be read', async () => {
    const [from, to] = [Date.UTC(2026, 2, 1), Date.UTC(2026, 2, 2)]
    expect((await read('funding', { from, to }, () => null)).reached).toMatchObject({ from: to })
  })
})

describe('the source', () => {
  it('reads the clock of the venue', async () => {
    const ask = async (): Promise<unknown> => ({ specialStatuses: null, time: 1790231586439 })
    const io: VenueIo = { ask, now: () => now, signal: new AbortController().signal }
    expect(await hyperliquid.fetchTime(io)).toBe(1790231586439)
  })

  it('never spends more than 1200 a minute: a full bucket and a minute of refill', () => {
    const { limit, windowMs } = hyperliquid.budgets['info']!
    expect(0.8 * (limit + (limit * MINUTE_MS) / windowMs)).toBeLessThan(1200)
  })

  it('names only addresses and counters that it has', () => {
    for (const { address } of hyperliquid.feeds) expect(hyperliquid.addresses).toHaveProperty(address)
  })
})
