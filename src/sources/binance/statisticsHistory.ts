import { DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { HistoryDoor, Mapped, Past, VenueIo, VenueRequest } from '../source.ts'
import { door, listIn, type Pages } from './door.ts'
import { mapOpenInterestHistory } from './mapOpenInterest.ts'
import { mapAccounts, mapTakers, type AccountsMeasure } from './mapPositioning.ts'
import { refusalOf } from './refusals.ts'

/** Open interest of five minutes. */
export const openInterestHistory = (): HistoryDoor =>
  statistics('/futures/data/openInterestHist', 'openInterest', (json, is) => mapOpenInterestHistory(json, is, '5m'))

const PATHS = {
  long_short_accounts: '/futures/data/globalLongShortAccountRatio',
  top_accounts: '/futures/data/topLongShortAccountRatio',
  top_positions: '/futures/data/topLongShortPositionRatio',
} as const

/** A ratio of accounts or positions. */
export const ratioHistory = (measure: AccountsMeasure): HistoryDoor => ({
  ...statistics(PATHS[measure], 'positioning', (json, is) => mapAccounts(json, is, '5m', measure)),
  measure,
})

/** What takers bought and sold. */
export const takerHistory = (): HistoryDoor => ({
  ...statistics('/futures/data/takerlongshortRatio', 'positioning', (json, is) => mapTakers(json, is, '5m')),
  measure: 'taker_ratio',
})

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
