import { DAY_MS, HOUR_MS, instant, MINUTE_MS, SECOND_MS, type InstantMs } from '../../core/instant.ts'
import { intervalMs, type Interval } from '../../core/interval.ts'
import type { Instrument } from '../../records/instrument.ts'
import { forward, windows } from '../forward.ts'
import type { HistoryDoor, Mapped } from '../source.ts'
import { askFutures, askSpot, secondsDown, secondsUp, settleOf } from './doors.ts'
import { mapPerpCandles, mapSpotCandles } from './mapCandles.ts'
import { mapFundingPaid } from './mapFunding.ts'
import { mapLiquidationOrders } from './mapLiquidations.ts'
import { mapOpenInterestHistory, mapPositioning, type StatsGrid } from './mapStats.ts'
import { mapPerpTrades, mapSpotTrades } from './mapTrades.ts'
import { halving, numbered, served, within } from './paging.ts'
import { moment } from './wire.ts'

const everything = (): boolean => true

/** Of 10000 bars served; the rest grow old while they are asked for. */
const CANDLES_SERVED = 9900
/** Bars of a question: one less than a page, since the open of the next bar is named as the end, which may count or not. */
const CANDLES_ASKED = { spot: 999, perp: 1998 } as const
const CANDLES = {
  spot: { ask: (io, _, query) => askSpot(io, 'candlesticks', query), name: 'currency_pair', map: mapSpotCandles },
  perp: {
    ask: (io, is, query) => askFutures(io, settleOf(is), 'candlesticks', query),
    name: 'contract',
    map: mapPerpCandles,
  },
} as const satisfies Record<'spot' | 'perp', CandleDoor>

interface CandleDoor {
  readonly ask: (io: Io, is: Instrument, query: Query) => Promise<unknown>
  readonly name: string
  readonly map: (json: unknown, is: Instrument, interval: Interval, now: InstantMs) => Mapped
}

type Io = Parameters<HistoryDoor['fetch']>[0]
type Query = Readonly<Record<string, string | number>>

const PAGE = 1000
const SPOT_TRADES_DEPTH_MS = 30 * DAY_MS
/** On spot `limit x (page - 1)` is at most 100000; of contracts no limit is told, so the same is kept. */
const TRADES_PAGES = 101

/** How far back the venue goes is said nowhere; a repair needs no more than a day. */
const PERP_TRADES_DEPTH_MS = DAY_MS

/** Of 180 days; the oldest hour goes while it is asked for. */
const RETAINED_MS = 180 * DAY_MS - HOUR_MS
const RETAINED = 'served for 180 days'
const STATISTICS_STEP_MS = 5 * MINUTE_MS
/** The largest page is not documented; clients that are known to work ask for this. */
const STATISTICS_PAGE = 100

/** Hourly funding, the most frequent there is, fills two thirds of a page in this. */
const FUNDING_WINDOW_MS = 30 * DAY_MS

/** Rows of three months ago were met; how far it goes is said nowhere. */
const LIQUIDATIONS_DEPTH_MS = 90 * DAY_MS
/** Longest stretch of one question. */
const LIQUIDATIONS_WINDOW_MS = HOUR_MS

/** Everything that Gate serves of the past without a key. */
export const history: readonly HistoryDoor[] = [
  ...(['1m', '1h'] as const).flatMap((interval) => [candles('spot', interval), candles('perp', interval)]),
  spotTrades(),
  perpTrades(),
  statistics('openInterest', mapOpenInterestHistory),
  statistics('positioning', mapPositioning),
  fundingPaid(),
  liquidations(),
]

function candles(market: 'spot' | 'perp', interval: Interval): HistoryDoor {
  const step = intervalMs(interval)
  const depthMs = CANDLES_SERVED * step
  const { ask, name, map } = CANDLES[market]
  const up = (at: number): InstantMs => instant(Math.ceil(at / step) * step)
  return {
    kind: 'candle',
    market,
    interval,
    covers: everything,
    depthMs,
    delayMs: 10 * SECOND_MS,
    fetch: (io, _, past) =>
      served(past, { oldest: up(io.now() - depthMs), why: 'only the newest 10000 bars are served' }, (rest) =>
        windows({ ...rest, from: up(rest.from) }, CANDLES_ASKED[market] * step, async function* (from, to) {
          const end = up(to)
          const query = { [name]: rest.instrument.instrument, interval, from: secondsDown(from), to: secondsDown(end) }
          const json = await ask(io, rest.instrument, query)
          yield within(map(json, rest.instrument, interval, io.now()), from, to)
        }),
      ),
  }
}

function spotTrades(): HistoryDoor {
  return {
    kind: 'trade',
    market: 'spot',
    covers: everything,
    depthMs: SPOT_TRADES_DEPTH_MS,
    delayMs: 2 * SECOND_MS,
    fetch: (io, _, past) =>
      served(past, { oldest: io.now() - SPOT_TRADES_DEPTH_MS, why: 'trades are served for 30 days' }, (rest) =>
        windows(rest, HOUR_MS, (from, to) =>
          halving({ from, to }, 'spot trades', (since, until) =>
            numbered({ pageRows: PAGE, mostPages: TRADES_PAGES }, async (page) => {
              const json = await askSpot(io, 'trades', {
                currency_pair: rest.instrument.instrument,
                from: secondsDown(since),
                to: secondsUp(until),
                limit: PAGE,
                page: page + 1,
              })
              return { json, mapped: within(mapSpotTrades(json, rest.instrument), since, until) }
            }),
          ),
        ),
      ),
  }
}

function perpTrades(): HistoryDoor {
  return {
    kind: 'trade',
    market: 'perp',
    covers: everything,
    depthMs: PERP_TRADES_DEPTH_MS,
    delayMs: 2 * SECOND_MS,
    fetch: (io, _, past) => {
      const why = 'trades of contracts older than a day are not known to be served'
      return served(past, { oldest: io.now() - PERP_TRADES_DEPTH_MS, why }, (rest) =>
        windows(rest, HOUR_MS, (from, to) =>
          halving({ from, to }, 'futures trades', (since, until) =>
            numbered({ pageRows: PAGE, mostPages: TRADES_PAGES }, async (page) => {
              const json = await askFutures(io, settleOf(rest.instrument), 'trades', {
                contract: rest.instrument.instrument,
                from: secondsDown(since),
                to: secondsUp(until),
                limit: PAGE,
                offset: page * PAGE,
              })
              return { json, mapped: within(mapPerpTrades(json, rest.instrument), since, until) }
            }),
          ),
        ),
      )
    },
  }
}

function statistics(
  kind: 'openInterest' | 'positioning',
  map: (json: unknown, is: Instrument, grid: StatsGrid) => Mapped,
): HistoryDoor {
  return {
    kind,
    market: 'perp',
    interval: '5m',
    covers: everything,
    depthMs: RETAINED_MS,
    delayMs: 2 * MINUTE_MS,
    // A page may be shorter than asked, since its largest size is not known; so only one that brings nothing newer is the last.
    fetch: (io, _, past) =>
      served(past, { oldest: io.now() - RETAINED_MS, why: RETAINED }, (rest) =>
        forward(rest, 1, async (from, to) => {
          const json = await askFutures(io, settleOf(rest.instrument), 'contract_stats', {
            contract: rest.instrument.instrument,
            interval: '5m',
            from: Math.ceil(from / STATISTICS_STEP_MS) * (STATISTICS_STEP_MS / SECOND_MS),
            limit: STATISTICS_PAGE,
          })
          const mapped = map(json, rest.instrument, { interval: '5m', now: io.now() })
          const newest = newestOf(json)
          const isOver = newest < from
          return { ...within(mapped, from, to), count: isOver ? 0 : 1, last: newest + STATISTICS_STEP_MS - 1 }
        }),
      ),
  }
}

/** Begin of the newest window in an answer, ms; -Infinity where none can be read. */
function newestOf(json: unknown): number {
  const rows = (Array.isArray(json) ? json : []) as readonly (Readonly<Record<string, unknown>> | null)[]
  const times = rows.flatMap((row) => moment().safeParse(row?.['time']).data ?? [])
  return Math.max(-Infinity, ...times)
}

function fundingPaid(): HistoryDoor {
  return {
    kind: 'funding',
    market: 'perp',
    covers: everything,
    depthMs: RETAINED_MS,
    delayMs: MINUTE_MS,
    fetch: (io, _, past) =>
      served(past, { oldest: io.now() - RETAINED_MS, why: RETAINED }, (rest) =>
        windows(rest, FUNDING_WINDOW_MS, async function* (from, to) {
          const json = await askFutures(io, settleOf(rest.instrument), 'funding_rate', {
            contract: rest.instrument.instrument,
            from: secondsDown(from),
            to: secondsUp(to),
            limit: PAGE,
          })
          yield within(mapFundingPaid(json, rest.instrument), from, to)
        }),
      ),
  }
}

function liquidations(): HistoryDoor {
  return {
    kind: 'liquidation',
    market: 'perp',
    covers: everything,
    depthMs: LIQUIDATIONS_DEPTH_MS,
    delayMs: MINUTE_MS,
    fetch: (io, _, past) => {
      const why = 'liquidations older than 90 days are not known to be served'
      // A second is read as a whole, so that orders that are equal in everything are counted alike every time.
      const whole = { ...past, from: instant(secondsDown(past.from) * SECOND_MS) }
      const oldest = secondsUp(instant(io.now() - LIQUIDATIONS_DEPTH_MS)) * SECOND_MS
      return served(whole, { oldest, why }, (rest) =>
        windows(rest, LIQUIDATIONS_WINDOW_MS, (from, to) =>
          halving({ from, to }, 'liq_orders', (since, until) =>
            numbered({ pageRows: PAGE, mostPages: 1 }, async () => {
              const json = await askFutures(io, settleOf(rest.instrument), 'liq_orders', {
                contract: rest.instrument.instrument,
                from: secondsDown(since),
                to: secondsUp(until),
                limit: PAGE,
              })
              return { json, mapped: within(mapLiquidationOrders(json, rest.instrument), since, until) }
            }),
          ),
        ),
      )
    },
  }
}
