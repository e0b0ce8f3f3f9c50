import { DAY_MS, instant, MINUTE_MS, type InstantMs } from '../../core/instant.ts'
import { intervalMs } from '../../core/interval.ts'
import type { Instrument } from '../../records/instrument.ts'
import { backward, type BackwardPage } from '../backward.ts'
import { windows } from '../forward.ts'
import type { HistoryDoor, Mapped } from '../source.ts'
import { askOkx, type OkxAnswer } from './askOkx.ts'
import { mapCandles } from './mapCandles.ts'
import { mapFundingPaid } from './mapFunding.ts'
import { mapOpenInterestHistory } from './mapOpenInterest.ts'
import { mapRatios, mapTakers, type AccountsMeasure } from './mapPositioning.ts'
import { mapTrades } from './mapTrades.ts'

const CANDLES_PAGE = 300
/** The quicker of the two candle doors reaches so many bars back, whatever their length. */
const LATEST_BARS = 1440
/** OKX's names of the bars that are asked for. Days and longer would need `utc` behind them, or they begin at 16:00 UTC. */
const BAR = { '1m': '1m', '1h': '1H' } as const

const TRADES_PAGE = 100
/** OKX keeps three months; the shortest three have 89 days. */
const THREE_MONTHS_MS = 88 * DAY_MS
/** By `after`, trades are found by their id (1) or by their time (2). */
const BY_ID = 1
const BY_TIME = 2

const STATISTICS_STEP_MS = 5 * MINUTE_MS
const STATISTICS_PAGE = 100
/** The latest 1,440 rows can be reached; the oldest two go while they are asked for. */
const STATISTICS_DEPTH_MS = 1438 * STATISTICS_STEP_MS

/** Counted in coins, which has to be asked for: the answer does not name its unit, and contracts are the default. */
const UNIT_COINS = '0'

const FUNDING_PAGE = 400

const everything = (): boolean => true

/** Everything that OKX serves of the past without a key, but for the liquidation door that its documents do not name. */
export const history: readonly HistoryDoor[] = [
  ...(['1m', '1h'] as const).flatMap((interval) => [candles('spot', interval), candles('perp', interval)]),
  trades('spot'),
  trades('perp'),
  openInterestHistory(),
  ratios('long_short_accounts', 'long-short-account-ratio-contract'),
  ratios('top_accounts', 'long-short-account-ratio-contract-top-trader'),
  ratios('top_positions', 'long-short-position-ratio-contract-top-trader'),
  takers(),
  fundingPaid(),
]

function candles(market: 'spot' | 'perp', interval: keyof typeof BAR): HistoryDoor {
  const step = intervalMs(interval)
  return {
    kind: 'candle',
    market,
    interval,
    covers: everything,
    depthMs: Infinity,
    delayMs: 5_000,
    fetch: (io, _, past) => {
      const promisedFrom = io.now() - LATEST_BARS * step
      return backward(past, { promisedFrom, beyondMs: 0 }, async (cursor) => {
        const after = Number(cursor ?? past.to)
        // A page that begins within reach may end beyond it, and would look like the last one.
        const isLatest = after - CANDLES_PAGE * step >= io.now() - LATEST_BARS * step
        const door = isLatest
          ? { path: '/api/v5/market/candles', budget: 'candles' }
          : { path: '/api/v5/market/history-candles', budget: 'historyCandles' }
        const limit = Math.min(CANDLES_PAGE, Math.max(1, Math.ceil((after - past.from) / step)))
        const query = { instId: past.instrument.instrument, bar: BAR[interval], after, limit }
        const answer = await askOkx(io, { ...door, query })
        const { count, first } = timesOf(answer, (row) => row[0])
        return { ...mapCandles(answer, past.instrument, interval), count, first, cursor: String(first) }
      })
    },
  }
}

/** The last trade before an end is found by time, all others by id, since many share a millisecond. */
function trades(market: 'spot' | 'perp'): HistoryDoor {
  return {
    kind: 'trade',
    market,
    covers: everything,
    depthMs: THREE_MONTHS_MS,
    delayMs: 5_000,
    fetch: (io, _, past) =>
      backward(past, { promisedFrom: io.now() - THREE_MONTHS_MS, beyondMs: 1 }, async (cursor) => {
        const place = cursor === undefined ? { type: BY_TIME, after: past.to } : { type: BY_ID, after: cursor }
        const query = { instId: past.instrument.instrument, ...place, limit: TRADES_PAGE }
        const answer = await askOkx(io, { path: '/api/v5/market/history-trades', query, budget: 'historyTrades' })
        const { count, first } = timesOf(answer, (row) => row['ts'])
        const oldest = answer.data.at(-1) as Readonly<Record<string, unknown>> | undefined
        return { ...mapTrades(answer, past.instrument), count, first, cursor: String(oldest?.['tradeId']) }
      }),
  }
}

type MapBuckets = (json: unknown, is: Instrument, now: InstantMs) => Mapped

interface Statistics {
  readonly kind: HistoryDoor['kind']
  readonly path: string
  readonly budget: string
  readonly query?: Readonly<Record<string, string>>
  readonly map: MapBuckets
}

/**
 * A door to buckets of five minutes. Each question names a stretch that one page holds, both ends between two buckets, so
 * that neither the order of rows nor whether an end is included makes a difference.
 */
function statistics({ kind, path, budget, query = {}, map }: Statistics): HistoryDoor {
  return {
    kind,
    market: 'perp',
    interval: '5m',
    covers: everything,
    depthMs: STATISTICS_DEPTH_MS,
    // A bucket's time is its beginning, and only a closed one is taken.
    delayMs: STATISTICS_STEP_MS + 2 * MINUTE_MS,
    fetch: async function* (io, _, past) {
      const start = instant(Math.max(past.from, io.now() - STATISTICS_DEPTH_MS))
      const instId = past.instrument.instrument
      yield* windows({ ...past, from: start }, STATISTICS_PAGE * STATISTICS_STEP_MS, async function* (from, to) {
        const stretch = { instId, period: '5m', begin: from - 1, end: to - 1, limit: STATISTICS_PAGE, ...query }
        const answer = await askOkx(io, { path: `/api/v5/rubik/stat/${path}`, query: stretch, budget })
        yield map(answer, past.instrument, io.now())
      })
      if (start <= past.from) return { from: past.from }
      return { from: instant(Math.min(start, past.to)), why: 'the venue serves the latest 1440 rows only' }
    },
  }
}

function openInterestHistory(): HistoryDoor {
  return statistics({
    kind: 'openInterest',
    path: 'contracts/open-interest-history',
    budget: 'openInterestHistory',
    map: (json, is, now) => mapOpenInterestHistory(json, is, '5m', now),
  })
}

function ratios(measure: AccountsMeasure, door: string): HistoryDoor {
  const asked = statistics({
    kind: 'positioning',
    path: `contracts/${door}`,
    budget: measure,
    map: (json, is, now) => mapRatios(json, is, measure, { interval: '5m', now }),
  })
  return { ...asked, measure }
}

function takers(): HistoryDoor {
  const door = statistics({
    kind: 'positioning',
    path: 'taker-volume-contract',
    budget: 'taker_ratio',
    query: { unit: UNIT_COINS },
    map: (json, is, now) => mapTakers(json, is, { interval: '5m', now }),
  })
  return { ...door, measure: 'taker_ratio' }
}

/** The oldest row of a page is asked for again with the next, since its interval is told by the row behind it. */
function fundingPaid(): HistoryDoor {
  return {
    kind: 'funding',
    market: 'perp',
    covers: everything,
    depthMs: THREE_MONTHS_MS,
    delayMs: MINUTE_MS,
    fetch: (io, _, past) =>
      backward(past, { promisedFrom: io.now() - THREE_MONTHS_MS, beyondMs: 1 }, async (cursor) => {
        const query = { instId: past.instrument.instrument, after: cursor ?? past.to, limit: FUNDING_PAGE }
        const answer = await askOkx(io, {
          path: '/api/v5/public/funding-rate-history',
          query,
          budget: 'fundingHistory',
        })
        const { count, first } = timesOf(answer, (row) => row['fundingTime'])
        const { rows, faults } = mapFundingPaid(answer, past.instrument)
        const told = count > 1 ? rows.filter(({ row }) => row['at'] !== first) : rows
        return { rows: told, faults, count, first, cursor: String(first + 1) }
      }),
  }
}

type Raw = Readonly<Record<string | number, unknown>>

/** How many rows an answer has, and the time of its oldest. */
function timesOf({ data }: OkxAnswer, timeOf: (row: Raw) => unknown): Pick<BackwardPage, 'count' | 'first'> {
  const times = data.map((row) => Number(timeOf((row ?? {}) as Raw)))
  return { count: data.length, first: Math.min(...times.filter((time) => !Number.isNaN(time))) }
}
