import { DAY_MS, instant, MINUTE_MS } from '../../core/instant.ts'
import { barOpen, intervalMs } from '../../core/interval.ts'
import type { Instrument } from '../../records/instrument.ts'
import { backward, windows } from '../forward.ts'
import type { HistoryDoor, Past, Reached, VenueIo } from '../source.ts'
import { ask } from './ask.ts'
import { categoryOf } from './category.ts'
import { mapAccountRatios } from './mapAccountRatios.ts'
import { mapCandles } from './mapCandles.ts'
import { mapFundingPaid } from './mapFunding.ts'
import { mapMarks, mapOpenInterests } from './mapOpenInterest.ts'
import { mapTrades } from './mapTrades.ts'

/** Rows of a full page. */
const CANDLES_PAGE = 1000
const TRADES_PAGE = { spot: 60, perp: 1000 } as const
const OPEN_INTEREST_PAGE = 200
const RATIOS_PAGE = 500
const FUNDING_PAGE = 200

/** The venue's names of the intervals of candles. */
const CODES = { '1m': '1', '1h': '60' } as const
/** The finest grid of open interest and ratios. */
const GRID = '5m'
const GRID_MS = 5 * MINUTE_MS

const everything = (): boolean => true

/** Everything that Bybit serves of the past without a key. Perpetuals are linear and inverse ones. */
export const history: readonly HistoryDoor[] = [
  ...(['1m', '1h'] as const).flatMap((interval) => [candles('spot', interval), candles('perp', interval)]),
  trades('spot'),
  trades('perp'),
  openInterests(),
  accountRatios(),
  fundingPaid(),
]

const namesOf = (is: Instrument): { readonly category: string; readonly symbol: string } => ({
  category: categoryOf(is),
  symbol: is.instrument,
})

/** Both ends of a question are inclusive; each is of a stretch that one page holds. */
function candles(market: 'spot' | 'perp', interval: '1m' | '1h'): HistoryDoor {
  return {
    kind: 'candle',
    market,
    interval,
    covers: everything,
    depthMs: Infinity,
    delayMs: 5_000,
    fetch: (io, _, past) =>
      windows(past, CANDLES_PAGE * intervalMs(interval), async function* (from, to) {
        const stretch = { interval: CODES[interval], start: from, end: to - 1, limit: CANDLES_PAGE }
        const json = await ask(io, '/v5/market/kline', { ...namesOf(past.instrument), ...stretch })
        yield mapCandles(json, past.instrument, interval)
      }),
  }
}

/** Only the newest rows are served; neither a time nor an id can be asked for. */
function trades(market: 'spot' | 'perp'): HistoryDoor {
  return {
    kind: 'trade',
    market,
    covers: everything,
    depthMs: DAY_MS,
    delayMs: 1_000,
    serves: 'the newest',
    fetch: async function* (io, _, past) {
      const query = { ...namesOf(past.instrument), limit: TRADES_PAGE[market] }
      const json = await ask(io, '/v5/market/recent-trade', query)
      const { rows, faults } = mapTrades(json, past.instrument)
      yield { rows: rows.filter(({ row }) => isWithin(past, row['at'])), faults }
      return tradesReached(past, timesOf(json, 'time'), TRADES_PAGE[market])
    },
  }
}

/** Of the oldest millisecond served, trades may be missing. */
function tradesReached({ from, to }: Past, times: readonly number[], page: number): Reached {
  const oldest = Math.min(...times.filter(Number.isFinite))
  if (oldest < from) return { from }
  const why = `the venue serves the newest ${page} trades only`
  return { from: instant(Math.min(to, oldest + 1)), why }
}

function openInterests(): HistoryDoor {
  return {
    kind: 'openInterest',
    market: 'perp',
    interval: GRID,
    covers: everything,
    depthMs: Infinity,
    delayMs: 2 * MINUTE_MS,
    fetch: (io, _, past) =>
      windows(past, OPEN_INTEREST_PAGE * GRID_MS, async function* (from, to) {
        const is = past.instrument
        const stretch = { intervalTime: '5min', startTime: from, endTime: to - 1, limit: OPEN_INTEREST_PAGE }
        const json = await ask(io, '/v5/market/open-interest', { ...namesOf(is), ...stretch })
        const { marks, rows, faults } = is.contract === 'inverse' ? await fetchMarks(io, is, { from, to }) : NO_MARKS
        const mapped = mapOpenInterests(json, { is, interval: GRID, marks })
        yield { rows: [...rows, ...mapped.rows], faults: [...faults, ...mapped.faults] }
      }),
  }
}

const NO_MARKS: ReturnType<typeof mapMarks> = { rows: [], faults: [], marks: new Map() }

/** Open interest of an inverse contract is in dollars, so the mark price of each instant is needed to count it in coins. */
async function fetchMarks(
  io: VenueIo,
  is: Instrument,
  { from, to }: Pick<Past, 'from' | 'to'>,
): Promise<ReturnType<typeof mapMarks>> {
  const stretch = { interval: '5', start: barOpen(from, GRID_MS), end: to - 1, limit: OPEN_INTEREST_PAGE + 1 }
  return mapMarks(await ask(io, '/v5/market/mark-price-kline', { ...namesOf(is), ...stretch }), is)
}

/** On linear the venue has it of contracts quoted in USDT only. */
function accountRatios(): HistoryDoor {
  return {
    kind: 'positioning',
    market: 'perp',
    interval: GRID,
    covers: ({ contract, quote }) => contract === 'inverse' || quote === 'USDT',
    depthMs: Infinity,
    // Whether a row is stamped by the begin or the end of its interval is not documented; so it may come an interval later.
    delayMs: GRID_MS + 2 * MINUTE_MS,
    fetch: (io, _, past) =>
      windows(past, RATIOS_PAGE * GRID_MS, async function* (from, to) {
        const stretch = { period: '5min', startTime: from, endTime: to - 1, limit: RATIOS_PAGE }
        const json = await ask(io, '/v5/market/account-ratio', { ...namesOf(past.instrument), ...stretch })
        yield mapAccountRatios(json, past.instrument, GRID)
      }),
  }
}

/** An end alone is the one question whose answer is documented: the newest 200 rows up to it. */
function fundingPaid(): HistoryDoor {
  return {
    kind: 'funding',
    market: 'perp',
    covers: everything,
    depthMs: Infinity,
    delayMs: MINUTE_MS,
    fetch: (io, _, past) =>
      backward(past, FUNDING_PAGE, async (to) => {
        const query = { ...namesOf(past.instrument), endTime: to - 1, limit: FUNDING_PAGE }
        const json = await ask(io, '/v5/market/funding/history', query)
        const { rows, faults } = mapFundingPaid(json, past.instrument)
        const times = timesOf(json, 'fundingRateTimestamp')
        // The oldest row of a page comes again on the next: only with the one before it is its interval known.
        const oldest = Math.min(...times) + 1
        return { rows: rows.filter(({ row }) => isWithin(past, row['at'])), faults, count: times.length, oldest }
      }),
  }
}

const isWithin = ({ from, to }: Past, at: unknown): boolean => Number(at) >= from && Number(at) < to

/** The times of an answer's rows, mapped or not. */
function timesOf(json: unknown, field: string): readonly number[] {
  const list = (json as { readonly result?: { readonly list?: unknown } } | null)?.result?.list
  return Array.isArray(list) ? list.map((row: Readonly<Record<string, unknown>> | null) => Number(row?.[field])) : []
}
