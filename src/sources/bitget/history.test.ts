import { describe, expect, it } from 'vitest'
import { contextOf, made } from '../../../test/support/wire.ts'
import { DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../core/instant.ts'
import { RequestRefusedError } from '../../net/httpErrors.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { HistoryDoor, MappedRow, Reached, VenueIo, VenueRequest } from '../source.ts'
import { RefusedAnswerError } from './askData.ts'
import { history } from './history.ts'

const NOW = instant(1_750_000_000_000)
const perp = made('bitget')
const spot = made('bitget', { market: 'spot', contract: 'none' })

type Query = Readonly<Record<string, string | number | undefined>>

interface Read {
  readonly rows: readonly MappedRow['row'][]
  readonly asked: readonly VenueRequest[]
  readonly reached: Reached
}

function door(
  kind: HistoryDoor['kind'],
  market: Instrument['market'],
  which: (each: HistoryDoor) => boolean = () => true,
) {
  const found = history.find((each) => each.kind === kind && each.market === market && which(each))
  return found ?? expect.fail(`no door of ${kind} on ${market}`)
}

/** Reads a stretch from a venue that answers by its documented rules. */
async function read(
  { fetch }: HistoryDoor,
  is: Instrument,
  [from, to]: readonly [number, number],
  answer: (query: Query) => unknown,
): Promise<Read> {
  const asked: VenueRequest[] = []
  const ask = async (request: VenueRequest): Promise<unknown> => {
    asked.push(request)
    if (asked.length > 500) throw new Error('asked for ever')
    return { code: '00000', msg: 'success', requestTime: NOW, data: answer(request.query ?? {}) }
  }
  const io: VenueIo = { ask, now: () => NOW, signal: new AbortController().signal }
  const pages = fetch(io, contextOf('bitget', [is], NOW), { instrument: is, from: instant(from), to: instant(to) })
  const rows: MappedRow['row'][] = []
  for (;;) {
    const { done, value } = await pages.next()
    if (done === true) return { rows, asked, reached: value }
    expect(value.faults).toEqual([])
    rows.push(...value.rows.map(({ row }) => row))
  }
}

const timesOf = ({ rows }: Read): readonly number[] => rows.map((row) => Number(row['at'])).toSorted((a, b) => a - b)
const questions = ({ asked }: Read): readonly string[] => asked.map(({ query }) => JSON.stringify(query))

describe('candles', () => {
  const minutes = door('candle', 'spot', ({ interval }) => interval === '1m')
  const listed = NOW - 5000 * MINUTE_MS - (NOW % MINUTE_MS)
  const bars = Array.from({ length: 5000 }, (_, i) => listed + i * MINUTE_MS)
  const served = (cap: number) => (query: Query) =>
    bars
      .filter((at) => at < Number(query['endTime']) && at + MINUTE_MS <= NOW)
      .slice(-Math.min(cap, Number(query['limit'])))
      .map((at) => [String(at), '2', '3', '1', '2', '10', '20', '20'])

  it('reads every bar of a stretch once, and asks for no page twice', async () => {
    const stretch = [listed + 1000 * MINUTE_MS, listed + 2000 * MINUTE_MS] as const
    const result = await read(minutes, spot, stretch, served(200))
    expect(timesOf(result)).toEqual(bars.slice(1000, 2000))
    expect(new Set(questions(result)).size).toBe(result.asked.length)
    expect(result.asked.length).toBeLessThanOrEqual(6)
    expect(result.reached).toEqual({ from: stretch[0] })
    expect(result.asked[0]).toMatchObject({
      path: '/api/v2/spot/market/history-candles',
      query: { symbol: 'BTCUSDT', granularity: '1min', limit: 200 },
      budget: 'spotCandles',
    })
  })

  it('loses nothing where the venue gives shorter pages than it was asked for', async () => {
    const result = await read(minutes, spot, [listed, listed + 450 * MINUTE_MS], served(100))
    expect(timesOf(result)).toEqual(bars.slice(0, 450))
  })

  it('stops at the listing, and leaves out the bar that is open', async () => {
    const result = await read(minutes, spot, [listed - DAY_MS, NOW + HOUR_MS], served(200))
    expect(timesOf(result)).toEqual(bars.filter((at) => at + MINUTE_MS <= NOW))
    expect(result.reached).toEqual({ from: listed - DAY_MS })
  })

  it('says from when on it was seen to be served', async () => {
    const result = await read(minutes, spot, [NOW - 400 * DAY_MS, NOW - 364 * DAY_MS], () => [])
    expect(result.reached).toEqual({ from: NOW - 365 * DAY_MS, why: 'the venue serves 365 days' })
    expect((await read(minutes, spot, [NOW - 400 * DAY_MS, NOW - 399 * DAY_MS], () => [])).reached).toEqual({
      from: NOW - 399 * DAY_MS,
      why: 'the venue serves 365 days',
    })
  })

  it('does not ask for ever where the answer is always the same, and says so', async () => {
    const bar = [String(NOW - HOUR_MS), '2', '3', '1', '2', '10', '20', '20']
    const result = await read(minutes, spot, [NOW - DAY_MS, NOW], () => [bar])
    expect(result.asked).toHaveLength(2)
    expect(result.reached).toEqual({ from: NOW - HOUR_MS, why: 'the venue answers with the same page again' })
  })

  it('names bars and families as each door wants them', async () => {
    const hours = door('candle', 'perp', ({ interval }) => interval === '1h')
    const inverse = made('bitget', { instrument: 'BTCUSD', quote: 'USD', contract: 'inverse' })
    const linear = await read(hours, perp, [NOW - DAY_MS, NOW], () => [])
    expect(linear.asked[0]?.query).toMatchObject({ symbol: 'BTCUSDT', productType: 'USDT-FUTURES', granularity: '1H' })
    const coin = await read(hours, inverse, [NOW - DAY_MS, NOW], () => [])
    expect(coin.asked[0]?.query).toMatchObject({ symbol: 'BTCUSD', productType: 'COIN-FUTURES' })
  })
})

describe('trades', () => {
  const trades = door('trade', 'perp')
  const begin = NOW - HOUR_MS
  /** Three in one millisecond, every 700 ms; ids hold the time as the venue's do. */
  const all = Array.from({ length: 6000 }, (_, i) => {
    const ms = begin + Math.floor(i / 3) * 700
    return { ms, id: ((BigInt(ms) - 1_435_725_920_677n) << 22n) + BigInt(i % 3) }
  })
  const served =
    (trades: readonly { ms: number; id: bigint }[], cap = 1000) =>
    (query: Query) => {
      const below = query['idLessThan'] === undefined ? 2n ** 64n : BigInt(query['idLessThan'])
      return trades
        .filter(({ ms, id }) => id < below && ms >= Number(query['startTime']) && ms <= Number(query['endTime']))
        .toReversed()
        .slice(0, Math.min(cap, Number(query['limit'])))
        .map(({ ms, id }) => ({
          tradeId: String(id),
          price: '100',
          size: '1',
          side: 'Sell',
          ts: String(ms - (ms % 1000)),
          symbol: 'BTCUSDT',
        }))
    }
  const idsOf = ({ rows }: Read) =>
    rows.map((row) => BigInt(String(row['tradeId']))).toSorted((a, b) => (a < b ? -1 : 1))

  it('reads every trade of a stretch once and in its own millisecond, and asks for no page twice', async () => {
    const stretch = [begin + 60_300, begin + 1_200_100] as const
    const result = await read(trades, perp, stretch, served(all))
    const lie = all.filter(({ ms }) => ms >= stretch[0] && ms < stretch[1])
    const inStretch = result.rows.filter(({ at }) => Number(at) >= stretch[0] && Number(at) < stretch[1])
    expect(idsOf({ ...result, rows: inStretch })).toEqual(lie.map(({ id }) => id))
    expect(timesOf({ ...result, rows: inStretch })).toEqual(lie.map(({ ms }) => ms))
    expect(new Set(questions(result)).size).toBe(result.asked.length)
    expect(result.reached).toEqual({ from: stretch[0] })
  })

  it('loses nothing where the venue gives shorter pages than it was asked for', async () => {
    const result = await read(trades, perp, [begin, NOW], served(all, 500))
    expect(idsOf(result)).toEqual(all.map(({ id }) => id))
  })

  it('loses nothing where ids hold no time: then whole seconds are kept', async () => {
    const plain = all.map(({ ms }, i) => ({ ms, id: BigInt(i + 1) }))
    const result = await read(trades, perp, [begin + 500, NOW], served(plain))
    expect(idsOf(result)).toEqual(plain.filter(({ ms }) => ms >= begin).map(({ id }) => id))
    expect(timesOf(result).every((at) => at % 1000 === 0)).toBe(true)
  })

  it('asks for a long stretch in parts of less than seven days', async () => {
    const result = await read(door('trade', 'spot'), spot, [NOW - 20 * DAY_MS, NOW], () => [])
    expect(result.asked).toHaveLength(4)
    for (const { query } of result.asked) {
      expect(Number(query?.['endTime']) - Number(query?.['startTime'])).toBeLessThan(7 * DAY_MS)
    }
  })

  it('says how far back contracts reach', async () => {
    const result = await read(trades, perp, [NOW - 9 * DAY_MS, NOW], () => [])
    expect(result.reached).toEqual({ from: NOW - 7 * DAY_MS, why: 'the venue serves 7 days' })
  })

  it('fails where the answer leads no further back, or is no list', async () => {
    const page = served(all)({ startTime: begin, endTime: NOW, limit: 1000 })
    await expect(read(trades, perp, [begin, NOW], () => page)).rejects.toThrow(RefusedAnswerError)
    await expect(read(trades, perp, [begin, NOW], () => null)).rejects.toThrow(RefusedAnswerError)
    await expect(read(trades, perp, [begin, NOW], () => [{}])).rejects.toThrow(RefusedAnswerError)
  })
})

describe('funding', () => {
  const funding = door('funding', 'perp')
  const last = NOW - (NOW % HOUR_MS)
  const paid = (count: number, hours: number) => Array.from({ length: count }, (_, i) => last - i * hours * HOUR_MS)
  const served = (times: readonly number[]) => (query: Query) => {
    const [size, page] = [Number(query['pageSize']), Number(query['pageNo'])]
    return times
      .slice((page - 1) * size, page * size)
      .map((at) => ({ symbol: 'BTCUSDT', fundingRate: '0.0001', fundingTime: String(at) }))
  }

  it('reads pages by number until one begins before the stretch', async () => {
    const times = paid(450, 8)
    const from = times[230] ?? 0
    const result = await read(funding, perp, [from, times[10] ?? 0], served(times))
    expect(timesOf(result)).toEqual(times.slice(11, 231).toReversed())
    expect(result.asked.map(({ query }) => query?.['pageNo'])).toEqual([1, 2, 3])
    expect(result.reached).toEqual({ from })
  })

  it('tells the hours of every payment but the first of all', async () => {
    const times = paid(250, 4)
    const result = await read(funding, perp, [0, NOW], served(times))
    const hours = result.rows.map((row) => row['hours'])
    expect(hours).toHaveLength(250)
    expect(hours.filter((each) => each === 4)).toHaveLength(249)
    expect(hours.at(-1)).toBeUndefined()
  })

  it('loses nothing where a payment moves the pages on', async () => {
    const times = paid(300, 8)
    const result = await read(funding, perp, [0, NOW], (query) =>
      served(Number(query['pageNo']) === 1 ? times.slice(1) : times)(query),
    )
    expect(new Set(timesOf(result))).toEqual(new Set(times.slice(1)))
  })

  it('says that it ends with the hundredth page', async () => {
    const times = paid(10_500, 1)
    const result = await read(funding, perp, [0, NOW], served(times))
    expect(result.rows).toHaveLength(10_000)
    expect(result.reached).toEqual({ from: times[9_999], why: 'the venue serves the last 10,000 payments' })
    expect(result.asked).toHaveLength(100)
  })
})

describe('ratios', () => {
  const accounts = door('positioning', 'perp')
  const step = 5 * MINUTE_MS
  const newest = NOW - (NOW % step) - step
  const served = () =>
    Array.from({ length: 30 }, (_, i) => ({
      longAccountRatio: '0.6',
      shortAccountRatio: '0.4',
      longShortAccountRatio: '0.0150',
      ts: String(newest - (29 - i) * step),
    }))

  it('keeps what lies in the stretch of the newest thirty', async () => {
    const from = newest - 10 * step
    const result = await read(accounts, perp, [from, NOW], served)
    expect(timesOf(result)).toHaveLength(11)
    expect(result.reached).toEqual({ from })
    expect(result.asked).toMatchObject([{ query: { symbol: 'BTCUSDT', period: '5m' }, budget: 'accountRatio' }])
  })

  it('says from when on there are rows', async () => {
    const result = await read(accounts, perp, [NOW - DAY_MS, NOW], served)
    expect(result.rows).toHaveLength(30)
    expect(result.reached).toEqual({ from: newest - 29 * step, why: 'the venue serves the newest rows only' })
  })

  it('takes an error that says "empty" for no rows, and no other', async () => {
    const refuse = (msg: string) => () => {
      throw new RequestRefusedError('https://api.bitget.com/x', 400, JSON.stringify({ code: '40054', msg }))
    }
    const none = await read(accounts, perp, [NOW - HOUR_MS, NOW], refuse('The data fetched by BTCUSDT is empty'))
    expect(none.reached).toEqual({ from: NOW, why: 'the venue has none' })
    await expect(read(accounts, perp, [NOW - HOUR_MS, NOW], refuse('Param error'))).rejects.toThrow(RequestRefusedError)
  })

  it('covers contracts settled in USDT only, under two measures', () => {
    const doors = history.filter(({ kind }) => kind === 'positioning')
    expect(doors).toHaveLength(2)
    expect(doors.map(({ covers }) => covers(made('bitget', { contract: 'inverse' })))).toEqual([false, false])
  })
})

describe('liquidations', () => {
  const liquidations = door('liquidation', 'perp')
  const all = Array.from({ length: 350 }, (_, i) => NOW - i * MINUTE_MS)
  const served = (query: Query) => {
    const skip = Number(query['cursor'] ?? 0)
    const list = all
      .slice(skip, skip + Number(query['limit']))
      .map((ts) => ({ symbol: 'BTCUSDT', side: 'buy', price: '60000', amount: '600', ts: String(ts) }))
    return { list, cursor: skip + list.length < all.length ? String(skip + list.length) : '' }
  }

  it('follows the cursor back until a page lies before the stretch, and calls nothing complete', async () => {
    const result = await read(liquidations, perp, [NOW - 120 * MINUTE_MS, NOW], served)
    expect(timesOf(result)).toEqual(all.slice(1, 121).toReversed())
    expect(result.asked.map(({ query }) => query?.['cursor'])).toEqual([undefined, '100', '200'])
    expect(result.reached.from).toBe(NOW)
    expect(result.reached.why).toContain('late')
  })

  it('ends where there is no cursor', async () => {
    expect(timesOf(await read(liquidations, perp, [0, NOW + 1], served))).toHaveLength(350)
  })

  it('refuses an answer of another shape', async () => {
    await expect(read(liquidations, perp, [0, NOW], () => [])).rejects.toThrow(RefusedAnswerError)
  })
})
