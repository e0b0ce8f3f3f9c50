import { DAY_MS, HOUR_MS, instant, MINUTE_MS, type InstantMs } from '../../core/instant.ts'
import type { Interval } from '../../core/interval.ts'
import type { Instrument } from '../../records/instrument.ts'
import { forward, windows } from '../forward.ts'
import type { HistoryDoor, Mapped, VenueRequest } from '../source.ts'
import {
  mapAccounts,
  mapAggTrades,
  mapFundingPaid,
  mapKlines,
  mapOpenInterestHistory,
  mapTakers,
  type AccountsMeasure,
} from './map.ts'

const everything = (): boolean => true

const KLINES = { spot: '/api/v3/klines', perp: '/fapi/v1/klines' } as const
/** Rows a page of candles; on futures a thousand cost 5, on spot 2. */
const KLINES_PAGE = 1000
const KLINES_WEIGHT = { spot: 2, perp: 5 } as const

function klines(market: 'spot' | 'perp', interval: Interval): HistoryDoor {
  return {
    kind: 'candle',
    market,
    interval,
    covers: everything,
    depthMs: Infinity,
    delayMs: 5_000,
    fetch: (io, _, past) =>
      forward(past, KLINES_PAGE, async (from, to) => {
        const query = {
          symbol: past.instrument.instrument,
          interval,
          startTime: from,
          endTime: to - 1,
          limit: KLINES_PAGE,
        }
        const request = { address: market, path: KLINES[market], query, budget: market, weight: KLINES_WEIGHT[market] }
        const json = await io.ask(request)
        return pageOf(json, mapKlines(json, past.instrument, interval, io.now()), (row) => row?.[0])
      }),
  }
}

const TRADES_PAGE = 1000
const TRADES = { spot: '/api/v3/aggTrades', perp: '/fapi/v1/aggTrades' } as const
const TRADES_WEIGHT = { spot: 4, perp: 20 } as const
/** Longest stretch that one question by time may cover. */
const TRADES_WINDOW_MS = HOUR_MS

/** Futures serve the last 24 hours only; spot by id to the listing, which is more than a repair ever needs. */
function trades(market: 'spot' | 'perp'): HistoryDoor {
  return {
    kind: 'trade',
    market,
    covers: everything,
    depthMs: DAY_MS,
    delayMs: 1_000,
    fetch: (io, _, past) =>
      windows(past, TRADES_WINDOW_MS, async function* (from, to) {
        let query: VenueRequest['query'] = { startTime: from, endTime: to - 1 }
        for (;;) {
          const json = await io.ask({
            address: market,
            path: TRADES[market],
            query: { symbol: past.instrument.instrument, limit: TRADES_PAGE, ...query },
            budget: market,
            weight: TRADES_WEIGHT[market],
          })
          const page = pageOf(json, mapAggTrades(json, past.instrument), (row) => row?.['T'])
          yield { rows: page.rows.filter(({ row }) => Number(row['at']) < to), faults: page.faults }
          if (page.count < TRADES_PAGE || page.last >= to) return
          query = { fromId: Number(lastOf(json)?.['a']) + 1 }
        }
      }),
  }
}

/** The venue keeps 30 days; the oldest hours go while they are asked for. */
const STATISTICS_DEPTH_MS = 30 * DAY_MS - HOUR_MS
const STATISTICS_PAGE = 500
const STATISTICS_STEP_MS = 5 * MINUTE_MS

type Map = (json: unknown, is: Instrument) => Mapped

function statistics(path: string, kind: HistoryDoor['kind'], map: Map): HistoryDoor {
  return {
    kind,
    market: 'perp',
    interval: '5m',
    covers: everything,
    depthMs: STATISTICS_DEPTH_MS,
    delayMs: 2 * MINUTE_MS,
    // With a start alone the newest rows come; so each question names a stretch that one page holds.
    fetch: (io, _, past) =>
      windows(past, STATISTICS_PAGE * STATISTICS_STEP_MS, async function* (from, to) {
        const query = {
          symbol: past.instrument.instrument,
          period: '5m',
          startTime: from,
          endTime: to - 1,
          limit: STATISTICS_PAGE,
        }
        yield map(await io.ask({ address: 'perp', path, query, budget: 'statistics', weight: 1 }), past.instrument)
      }),
  }
}

function openInterestHistory(): HistoryDoor {
  return statistics('/futures/data/openInterestHist', 'openInterest', (json, is) =>
    mapOpenInterestHistory(json, is, '5m'),
  )
}

function ratios(measure: AccountsMeasure, path: string): HistoryDoor {
  return { ...statistics(path, 'positioning', (json, is) => mapAccounts(json, is, '5m', measure)), measure }
}

function takers(): HistoryDoor {
  const door = statistics('/futures/data/takerlongshortRatio', 'positioning', (json, is) => mapTakers(json, is, '5m'))
  return { ...door, measure: 'taker_ratio' }
}

const FUNDING_PAGE = 1000

function fundingPaid(): HistoryDoor {
  return {
    kind: 'funding',
    market: 'perp',
    covers: everything,
    depthMs: Infinity,
    delayMs: MINUTE_MS,
    fetch: (io, _, past) =>
      forward(past, FUNDING_PAGE, async (from, to) => {
        const query = { symbol: past.instrument.instrument, startTime: from, endTime: to - 1, limit: FUNDING_PAGE }
        const json = await io.ask({
          address: 'perp',
          path: '/fapi/v1/fundingRate',
          query,
          budget: 'funding',
          weight: 1,
        })
        return pageOf(json, mapFundingPaid(json, past.instrument), (row) => row?.['fundingTime'])
      }),
  }
}

type Row = Readonly<Record<string | number, unknown>> | undefined

const lastOf = (json: unknown): Row => (Array.isArray(json) ? (json.at(-1) as Row) : undefined)

function pageOf(
  json: unknown,
  mapped: Mapped,
  timeOf: (row: Row) => unknown,
): Mapped & { count: number; last: InstantMs } {
  const count = Array.isArray(json) ? json.length : 0
  return { ...mapped, count, last: instant(Number(timeOf(lastOf(json)))) }
}

/** Everything that Binance serves of the past without a key. */
export const history: readonly HistoryDoor[] = [
  ...(['1m', '1h'] as const).flatMap((interval) => [klines('spot', interval), klines('perp', interval)]),
  trades('spot'),
  trades('perp'),
  openInterestHistory(),
  ratios('long_short_accounts', '/futures/data/globalLongShortAccountRatio'),
  ratios('top_accounts', '/futures/data/topLongShortAccountRatio'),
  ratios('top_positions', '/futures/data/topLongShortPositionRatio'),
  takers(),
  fundingPaid(),
]
