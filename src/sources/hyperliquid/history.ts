import { HOUR_MS, instant, MINUTE_MS, type InstantMs } from '../../core/instant.ts'
import { barOpen, intervalMs, type Interval } from '../../core/interval.ts'
import { forward } from '../forward.ts'
import type { HistoryDoor, Mapped, Reached } from '../source.ts'
import { info, weightOfRows } from './info.ts'
import { mapCandles, mapFundingPaid, mapRecentTrades } from './map.ts'

const everything = (): boolean => true

/** Bars of one interval that the venue serves; older ones are gone. */
const CANDLES = 5000
/** Trades that it serves, whatever is asked for. */
const TRADES = 10
const FUNDING_PAGE = 500
/** Rows of an answer that cost 1. */
const PER_WEIGHT = { candles: 60, trades: 20, funding: 20 } as const

/** Everything that Hyperliquid serves of the past without a key. */
export const history: readonly HistoryDoor[] = [candles('1m'), candles('1h'), trades(), fundingPaid()]

function candles(interval: Interval): HistoryDoor {
  const stepMs = intervalMs(interval)
  return {
    kind: 'candle',
    market: 'perp',
    interval,
    covers: everything,
    depthMs: CANDLES * stepMs,
    delayMs: 5_000,
    // A question costs 20 and one more for every hour of minutes.
    everyMs: Math.max(stepMs, 15 * MINUTE_MS),
    fetch: async function* (io, _, past) {
      const { from, to, instrument: is } = past
      const start = instant(Math.max(from, io.now() - CANDLES * stepMs))
      const opens: number[] = []
      // How many bars one answer holds is not documented, so only an empty one says that there are no more.
      yield* forward({ ...past, from: start }, 1, async (startTime, end) => {
        const now = io.now()
        const bars = Math.min(CANDLES, Math.ceil((end - startTime) / stepMs) + 1)
        const req = { coin: is.instrument, interval, startTime, endTime: end - 1 }
        const json = await io.ask(info({ type: 'candleSnapshot', req }, weightOfRows(bars, PER_WEIGHT.candles)))
        const page = timesOf(json, 't')
        opens.push(...page)
        const count = page.filter((open) => open + stepMs > startTime).length
        // An answer holds every bar that overlaps what was asked for: the next question begins behind the last one.
        return { ...mapCandles(json, is, interval, now), count, last: lastOf(page) + stepMs - 1 }
      })
      return reachedByBars({ from, to, opens, oldest: barOpen(io.now(), stepMs) - (CANDLES - 1) * stepMs })
    },
  }
}

interface Bars {
  readonly from: InstantMs
  readonly to: InstantMs
  /** Opens of the bars that came. */
  readonly opens: readonly number[]
  /** Open of the oldest bar that the venue serves, of an instrument that is old enough. */
  readonly oldest: number
}

/** Bars without trades are served, so an instrument whose bars begin later than the oldest served ones was listed then. */
function reachedByBars({ from, to, opens, oldest }: Bars): Reached {
  if (opens.some(Number.isNaN)) return { from: to, why: NOT_DOCUMENTED }
  const [first = to] = opens
  if (from >= oldest || (opens.length > 0 && first > oldest)) return { from }
  const reached = instant(Math.min(to, Math.max(from, Math.min(first, oldest))))
  return reached === from ? { from } : { from: reached, why: `the venue serves the newest ${CANDLES} bars only` }
}

/** The newest trades, whatever is asked for: of a quiet instrument they are the whole of a short outage. */
function trades(): HistoryDoor {
  return {
    kind: 'trade',
    market: 'perp',
    covers: everything,
    depthMs: HOUR_MS,
    delayMs: 1_000,
    serves: 'the newest',
    fetch: async function* (io, _, { instrument: is, from, to }): AsyncGenerator<Mapped, Reached> {
      const request = info({ type: 'recentTrades', coin: is.instrument }, weightOfRows(TRADES, PER_WEIGHT.trades))
      const json = await io.ask(request)
      yield mapRecentTrades(json, is)
      const times = timesOf(json, 'time')
      if (times.some(Number.isNaN)) return { from: to, why: NOT_DOCUMENTED }
      // Of the oldest millisecond a part may be cut off.
      const complete = times.length < TRADES ? from : Math.min(...times) + 1
      if (complete <= from) return { from }
      return { from: instant(Math.min(to, complete)), why: `the venue serves the newest ${TRADES} trades only` }
    },
  }
}

function fundingPaid(): HistoryDoor {
  return {
    kind: 'funding',
    market: 'perp',
    covers: everything,
    depthMs: Infinity,
    delayMs: MINUTE_MS,
    fetch: async function* (io, _, past) {
      const { from, to, instrument: is } = past
      const paidAt: number[] = []
      // A payment is told some milliseconds after the hour that it is of.
      const lastHour = instant(Math.ceil(to / HOUR_MS) * HOUR_MS)
      yield* forward({ ...past, to: lastHour }, FUNDING_PAGE, async (startTime, end) => {
        const rows = Math.min(FUNDING_PAGE, Math.ceil((end - startTime) / HOUR_MS))
        const body = { type: 'fundingHistory', coin: is.instrument, startTime, endTime: end - 1 }
        const json = await io.ask(info(body, weightOfRows(rows, PER_WEIGHT.funding)))
        const page = timesOf(json, 'time')
        paidAt.push(...page)
        return { ...mapFundingPaid(json, is), count: page.length, last: lastOf(page) }
      })
      return paidAt.some(Number.isNaN) ? { from: to, why: NOT_DOCUMENTED } : { from }
    },
  }
}

const NOT_DOCUMENTED = 'an answer was not as documented'

/** The times of an answer's rows; NaN where one cannot be read, or the answer itself. */
function timesOf(json: unknown, field: string): readonly number[] {
  if (!Array.isArray(json)) return [NaN]
  return json.map((row: Readonly<Record<string, unknown>> | null) => {
    const time = row?.[field]
    return typeof time === 'number' ? time : NaN
  })
}

const lastOf = (times: readonly number[]): number => times.at(-1) ?? NaN
