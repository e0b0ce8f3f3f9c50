import type { SimSnapshot } from '../../market/live/book.ts'
import { lotsText, type Listing } from '../../market/live/listing.ts'
import { MINUTE } from '../../market/live/candleTape.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { ok } from '../answers.ts'
import { countedLots, type Counting } from '../counting.ts'
import type { Answer, Ask } from '../door.ts'
import { isRefused, named, spanOf } from './asked.ts'
import { DAY, HOUR } from './intervals.ts'
import { REFUSALS } from './refusals.ts'

/** The grid on which accounts are looked at. */
const GRID = 5 * MINUTE
const PERIODS: Readonly<Record<string, number>> = {
  '5m': GRID,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '2h': 2 * HOUR,
  '4h': 4 * HOUR,
  '6h': 6 * HOUR,
  '12h': 12 * HOUR,
  '1d': DAY,
}
/** How far back rows are kept, and how long after its instant a row is there. */
const REACH = 30 * DAY
const LAG = 6_000

/** Open interest of now, in coins of the name. */
export function openInterest({ query }: Ask, market: VenueMarket, counting: Counting): Answer {
  const listing = named(query, market, 'perp')
  if (listing === undefined) return REFUSALS.symbol
  const { longLots } = market.snapshot(listing)
  return ok({
    openInterest: lotsText(listing, countedLots(longLots, counting)),
    symbol: listing.name,
    time: market.now(),
  })
}

export const openInterestHistory = (ask: Ask, market: VenueMarket, counting: Counting): Answer =>
  statistics(ask, market, (listing, { at, longLots, mark }) => {
    const coins = countedLots(longLots, counting) * listing.lot
    return {
      symbol: listing.name,
      sumOpenInterest: coins.toFixed(8),
      sumOpenInterestValue: (coins * mark).toFixed(8),
      timestamp: at,
    }
  })

/** Shares of longs and shorts, by what is counted: accounts or lots, though the fields say accounts. */
export const ratios = (
  ask: Ask,
  market: VenueMarket,
  sides: (snapshot: SimSnapshot) => readonly [long: number, short: number],
): Answer =>
  statistics(ask, market, (listing, snapshot) => {
    const [long, short] = sides(snapshot)
    const all = Math.max(1, long + short)
    return {
      symbol: listing.name,
      longShortRatio: (long / Math.max(1, short)).toFixed(4),
      longAccount: (long / all).toFixed(4),
      shortAccount: (short / all).toFixed(4),
      timestamp: snapshot.at,
    }
  })

/** What takers bought and sold in the period that ends with the row, in coins. */
export const takers = (ask: Ask, market: VenueMarket): Answer =>
  statistics(ask, market, (listing, { at }, inside) => {
    const sum = (side: 'boughtLots' | 'soldLots'): number => inside.reduce((total, each) => total + each[side], 0)
    const [bought, sold] = [sum('boughtLots'), sum('soldLots')]
    return {
      buySellRatio: (bought / Math.max(1, sold)).toFixed(4),
      buyVol: (bought * listing.lot).toFixed(4),
      sellVol: (sold * listing.lot).toFixed(4),
      timestamp: at,
    }
  })

/**
 * Rows on the grid of a period, oldest first. Where more are in the stretch than the limit, the newest: no document promises
 * the oldest, so who counts on them shall notice.
 */
function statistics(
  { query }: Ask,
  market: VenueMarket,
  row: (listing: Listing, snapshot: SimSnapshot, inside: readonly SimSnapshot[]) => unknown,
): Answer {
  const listing = named(query, market, 'perp')
  if (listing === undefined) return REFUSALS.symbol
  const period = PERIODS[query.get('period') ?? '']
  if (period === undefined) return REFUSALS.interval
  const span = spanOf(query, 'perp', { usual: 30, most: 500 })
  if (isRefused(span)) return span
  const { start, end, limit } = span
  if (start !== -Infinity && start < market.now() - REACH) return REFUSALS.tooOld
  const oldest = Math.max(start, market.now() - REACH)
  const newest = Math.min(end, market.now() - LAG)
  const snapshots = market.snapshots(listing)
  const rows = snapshots
    .map((snapshot, i) => ({ snapshot, i }))
    .filter(({ snapshot: { at } }) => at % period === 0 && at >= oldest && at <= newest)
    .slice(-limit)
  return ok(
    rows.map(({ snapshot, i }) => row(listing, snapshot, snapshots.slice(Math.max(0, i + 1 - period / GRID), i + 1))),
  )
}
