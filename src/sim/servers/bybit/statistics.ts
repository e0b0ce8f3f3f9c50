import { DAY_MS, HOUR_MS } from '../../../core/instant.ts'
import type { SimSnapshot } from '../../market/live/book.ts'
import { lotsText, type Listing } from '../../market/live/listing.ts'
import { numberOf } from '../answers.ts'
import type { Answer } from '../door.ts'
import { contractDoor, limitOf, type Subject } from './doors.ts'
import { answered, invalid } from './envelope.ts'
import { beforeCursor, pageOf, type Page } from './paging.ts'
import { trimmed } from './quantities.ts'

const MINUTE = 60_000
const PERIODS: Readonly<Record<string, number>> = {
  '5min': 5 * MINUTE,
  '15min': 15 * MINUTE,
  '30min': 30 * MINUTE,
  '1h': HOUR_MS,
  '4h': 4 * HOUR_MS,
  '1d': DAY_MS,
}

/** GET /v5/market/open-interest, on the grid of `intervalTime`, newest first. */
export const openInterest = contractDoor((subject) => {
  const { market, listing, category } = subject
  const page = statisticsPage(subject, { period: 'intervalTime', most: 200, lastId: ({ at }) => at / (5 * MINUTE) })
  if ('status' in page) return page
  const { rows, nextPageCursor } = page
  const isCut = (row: SimSnapshot): boolean => nextPageCursor !== '' && row === rows.at(-1)
  const list = rows.map((row) => openInterestRow(listing, row, isCut(row) ? 'seconds' : 'milliseconds'))
  return answered(market, { symbol: listing.name, category, list, nextPageCursor })
})

/** Both sides, and one; the row at which a page is cut off has been seen with its time in seconds. */
const openInterestRow = (
  listing: Listing,
  { at, longLots }: SimSnapshot,
  unit: 'seconds' | 'milliseconds',
): unknown => ({
  openInterest: (2 * longLots * listing.lot).toFixed(8),
  singleOpenInterest: lotsText(listing, longLots),
  timestamp: String(unit === 'seconds' ? at / 1000 : at),
})

/** GET /v5/market/account-ratio: which share of the accounts with a position is long, and which is short. */
export const accountRatio = contractDoor((subject) => {
  const { market, listing } = subject
  const page = statisticsPage(subject, { period: 'period', most: 500, lastId: () => 0 })
  if ('status' in page) return page
  return answered(market, {
    list: page.rows.map(({ at, longAccounts, shortAccounts }) => {
      const longTenThousandths = Math.round((10_000 * longAccounts) / Math.max(1, longAccounts + shortAccounts))
      return {
        symbol: listing.name,
        buyRatio: trimmed(longTenThousandths / 10_000, 4),
        sellRatio: trimmed((10_000 - longTenThousandths) / 10_000, 4),
        timestamp: String(at),
      }
    }),
    nextPageCursor: page.nextPageCursor,
  })
})

/** The snapshots that are asked for, or the refusal of what was asked. */
function statisticsPage(
  { query, market, listing }: Subject,
  door: {
    readonly period: string
    readonly most: number
    readonly lastId: (row: SimSnapshot) => number
  },
): Page<SimSnapshot> | Answer {
  const stepMs = PERIODS[query.get(door.period) ?? '']
  if (stepMs === undefined) return invalid(market, door.period)
  const limit = limitOf(query, { usual: 50, most: door.most })
  if (limit === undefined) return invalid(market, 'limit')
  const cursor = query.get('cursor') ?? ''
  const before = cursor === '' ? Infinity : beforeCursor(cursor)
  if (before === undefined) return invalid(market, 'cursor')
  const from = numberOf(query, 'startTime', -Infinity)
  const to = Math.min(numberOf(query, 'endTime', Infinity), before)
  const onGrid = market.snapshots(listing).filter(({ at }) => at % stepMs === 0)
  return pageOf(onGrid, { from, to, limit }, door.lastId)
}
