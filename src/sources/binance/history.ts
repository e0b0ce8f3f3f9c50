import { DeskError } from '../../core/errors.ts'
import { DAY_MS, HOUR_MS, instant, MINUTE_MS, plusMs } from '../../core/instant.ts'
import { intervalMs, type Interval } from '../../core/interval.ts'
import type { Instrument } from '../../records/instrument.ts'
import { forward, type ForwardPage } from '../forward.ts'
import type { HistoryDoor, Mapped, Past, Reached, VenueIo, VenueRequest } from '../source.ts'
import { excerptOf } from '../wire/wireFault.ts'
import { mapKlines } from './mapCandles.ts'
import { chargeTime, LONGEST_FUNDING_HOURS, mapFundingPaid } from './mapFunding.ts'
import { mapOpenInterestHistory } from './mapOpenInterest.ts'
import { mapAccounts, mapTakers, type AccountsMeasure } from './mapPositioning.ts'
import { mapAggTrades } from './mapTrades.ts'
import { refusalOf } from './refusals.ts'

type Market = 'spot' | 'perp'

/** Everything that Binance serves of the past without a key. */
export const history: readonly HistoryDoor[] = [
  ...(['1m', '1h'] as const).flatMap((interval) => [klines('spot', interval), klines('perp', interval)]),
  trades('spot'),
  trades('perp'),
  statistics('/futures/data/openInterestHist', 'openInterest', (json, is) => mapOpenInterestHistory(json, is, '5m')),
  accounts('long_short_accounts', '/futures/data/globalLongShortAccountRatio'),
  accounts('top_accounts', '/futures/data/topLongShortAccountRatio'),
  accounts('top_positions', '/futures/data/topLongShortPositionRatio'),
  statistics('/futures/data/takerlongshortRatio', 'positioning', (json, is) => mapTakers(json, is, '5m')),
  fundingPaid(),
]

type Pages = AsyncGenerator<Mapped, Reached>
type DoorSpec = Omit<HistoryDoor, 'fetch' | 'covers'> & { readonly read: (io: VenueIo, past: Past) => Pages }

/** A door that ends where its instrument is not listed any more, which is nobody's fault. */
function door({ read, ...spec }: DoorSpec): HistoryDoor {
  return {
    ...spec,
    covers: () => true,
    fetch: async function* (io, _, past) {
      try {
        return yield* read(io, past)
      } catch (error) {
        if (refusalOf(error) !== 'no such symbol') throw error
        return { from: past.to, why: `the venue does not know "${past.instrument.instrument}" any more` }
      }
    },
  }
}

const KLINES = { spot: '/api/v3/klines', perp: '/fapi/v1/klines' } as const
const KLINES_PAGE = 1000

/** What a page of candles costs: on futures it depends on the limit asked for. */
function klinesWeight(market: Market, limit: number): number {
  if (market === 'spot') return 2
  return limit < 100 ? 1 : limit < 500 ? 2 : 5
}

function klines(market: Market, interval: Interval): HistoryDoor {
  const read = (io: VenueIo, past: Past): Pages =>
    forward(past, KLINES_PAGE, async (from, to) => {
      const limit = Math.min(KLINES_PAGE, Math.ceil((to - from) / intervalMs(interval)))
      // Before the question: a bar that closes while the answer is on its way stands there as it was when it was open.
      const now = io.now()
      const { instrument } = past
      const query = { symbol: instrument.instrument, interval, startTime: from, endTime: to - 1, limit }
      const weight = klinesWeight(market, limit)
      const rows = listIn(await io.ask({ address: market, path: KLINES[market], query, budget: market, weight }))
      return page(rows, mapKlines(rows, instrument, interval, now), (row) => row?.[0])
    })
  return door({ kind: 'candle', market, interval, depthMs: Infinity, delayMs: 5_000, read })
}

const TRADES = { spot: '/api/v3/aggTrades', perp: '/fapi/v1/aggTrades' } as const
const TRADES_PAGE = 1000
const TRADES_WEIGHT = { spot: 4, perp: 20 } as const
/** Longest stretch that one question by time may cover: on futures less than an hour. */
const TRADES_WINDOW_MS = { spot: Infinity, perp: HOUR_MS } as const
/** Futures serve 24 hours, and the oldest go while they are asked for. Spot names no limit; a day is what a repair needs. */
const TRADES_DEPTH_MS = DAY_MS - 10 * MINUTE_MS

/**
 * Trades by time up to the first one, then by its id: ids rise by one, so a quiet hour costs no question of its own. An id and
 * times in one question may time out, so they are never sent together.
 */
function trades(market: Market): HistoryDoor {
  async function* read(io: VenueIo, { instrument, from, to }: Past): Pages {
    const ask = async (query: VenueRequest['query']): Promise<TradePage> => {
      const all = { symbol: instrument.instrument, limit: TRADES_PAGE, ...query }
      const weight = TRADES_WEIGHT[market]
      const rows = listIn(await io.ask({ address: market, path: TRADES[market], query: all, budget: market, weight }))
      return tradePage(rows, mapAggTrades(rows, instrument), { from, to })
    }
    const begin = market === 'spot' ? from : instant(Math.max(from, io.now() - TRADES_DEPTH_MS))
    let next: number | undefined
    for (let start = begin; start < to && next === undefined; start = plusMs(start, TRADES_WINDOW_MS[market])) {
      const endTime = Math.min(to, start + TRADES_WINDOW_MS[market]) - 1
      const found = await ask({ startTime: start, endTime })
      yield found
      next = found.next
    }
    while (next !== undefined) {
      const found: TradePage = await ask({ fromId: next })
      yield found
      next = found.isLast ? undefined : found.next
    }
    return begin === from ? { from } : { from: begin, why: 'the venue serves trades of futures for 24 hours only' }
  }
  return door({ kind: 'trade', market, depthMs: TRADES_DEPTH_MS, delayMs: 1_000, read })
}

interface TradePage extends Mapped {
  /** Id after the last one; undefined where there is no trade. */
  readonly next: number | undefined
  /** True where no later page holds a trade of the stretch. */
  readonly isLast: boolean
}

function tradePage(rows: readonly unknown[], mapped: Mapped, { from, to }: Pick<Past, 'from' | 'to'>): TradePage {
  const last = mapped.rows.at(-1)?.row
  if (rows.length > 0 && last === undefined) throw new UnreadablePageError(rows)
  const inside = mapped.rows.filter(({ row }) => Number(row['at']) >= from && Number(row['at']) < to)
  const isLast = rows.length < TRADES_PAGE || Number(last?.['at']) >= to
  return { rows: inside, faults: mapped.faults, next: last && Number(last['tradeId']) + 1, isLast }
}

/** Statistics go back 30 days; the oldest go while they are asked for. */
const STATISTICS_DEPTH_MS = 30 * DAY_MS - HOUR_MS
const STATISTICS_PAGE = 500
const STATISTICS_STEP_MS = 5 * MINUTE_MS

type MapRows = (json: unknown, is: Instrument) => Mapped

/**
 * With a start alone the newest rows come, so each question names a stretch that one page holds; newest first, so that a refusal
 * is the end of what is kept. It is halved then, until less than an hour is refused.
 */
function statistics(path: string, kind: HistoryDoor['kind'], map: MapRows): HistoryDoor {
  async function* read(io: VenueIo, { instrument, from, to }: Past): Pages {
    const oldest = instant(Math.max(from, io.now() - STATISTICS_DEPTH_MS))
    let span = STATISTICS_PAGE * STATISTICS_STEP_MS
    let end = to
    while (end > oldest) {
      const start = instant(Math.max(oldest, end - span))
      const query = { symbol: instrument.instrument, period: '5m', startTime: start, endTime: end - 1 }
      const json = await askUnlessTooOld(io, {
        address: 'perp',
        path,
        query: { ...query, limit: STATISTICS_PAGE },
        budget: 'statistics',
        weight: 1,
      })
      if (json !== undefined) {
        yield map(listIn(json), instrument)
        end = start
      } else {
        if (end - start < HOUR_MS) break
        span = Math.floor((end - start) / 2)
      }
    }
    return end <= from ? { from } : { from: end, why: 'the venue keeps its statistics for 30 days only' }
  }
  return door({ kind, market: 'perp', interval: '5m', depthMs: STATISTICS_DEPTH_MS, delayMs: 2 * MINUTE_MS, read })
}

async function askUnlessTooOld(io: VenueIo, request: VenueRequest): Promise<unknown> {
  try {
    return await io.ask(request)
  } catch (error) {
    if (refusalOf(error) === 'too old') return undefined
    throw error
  }
}

function accounts(measure: AccountsMeasure, path: string): HistoryDoor {
  return statistics(path, 'positioning', (json, is) => mapAccounts(json, is, '5m', measure))
}

const FUNDING_PAGE = 1000

/**
 * Funding paid. It begins one interval earlier, since hours are those from the charge before. Two charges may stand at one time,
 * so a full page is read up to its last time, with which the next one begins.
 */
function fundingPaid(): HistoryDoor {
  async function* read(io: VenueIo, past: Past): Pages {
    const early = { ...past, from: plusMs(past.from, -LONGEST_FUNDING_HOURS * HOUR_MS) }
    let before: number | undefined
    yield* forward(early, FUNDING_PAGE, async (from, to) => {
      const query = { symbol: past.instrument.instrument, startTime: from, endTime: to - 1, limit: FUNDING_PAGE }
      const request = { address: 'perp', path: '/fapi/v1/fundingRate', query, budget: 'funding', weight: 1 }
      const rows = listIn(await io.ask(request))
      const whole = rows.length < FUNDING_PAGE ? rows : withoutLastTime(rows)
      const { rows: mapped, faults } = mapFundingPaid(whole, past.instrument, before)
      before = lastRegular(mapped) ?? before
      const inside = mapped.filter(({ row }) => Number(row['at']) >= past.from && Number(row['at']) < past.to)
      return { rows: inside, faults, count: rows.length, last: fundingTimeOf(rows.at(-1)) - 1 }
    })
    return { from: past.from }
  }
  return door({ kind: 'funding', market: 'perp', depthMs: Infinity, delayMs: MINUTE_MS, read })
}

const fundingTimeOf = (row: unknown): number => Number((row as Row)?.['fundingTime'])

function withoutLastTime(rows: readonly unknown[]): readonly unknown[] {
  const last = fundingTimeOf(rows.at(-1))
  const whole = rows.filter((row) => fundingTimeOf(row) !== last)
  return whole.length === 0 ? rows : whole
}

/** Time of the last charge that ends an interval; special ones stand a millisecond off the minute. */
const lastRegular = (rows: Mapped['rows']): number | undefined =>
  rows.map(({ row }) => Number(row['at'])).findLast((at) => at === chargeTime(at))

type Row = Readonly<Record<string | number, unknown>> | undefined

function page(rows: readonly unknown[], mapped: Mapped, timeOf: (row: Row) => unknown): ForwardPage {
  return { ...mapped, count: rows.length, last: Number(timeOf(rows.at(-1) as Row)) }
}

/** The rows of an answer. @throws {UnreadablePageError} it is no list: that nothing came must not count as nothing to come */
function listIn(json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json
  throw new UnreadablePageError(json)
}

/** An answer with status 200 that holds no row which could be read. */
class UnreadablePageError extends DeskError {
  constructor(json: unknown) {
    super('UNREADABLE_PAGE', `an answer of binance cannot be read as rows: ${excerptOf(json)}`, { retry: 'later' })
  }
}
