import type { SimTrade } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { firstIndex } from '../firstIndex.ts'

/** The trades of a stretch of time; undefined where some of them are kept no more. */
export function keptTrades(
  market: VenueMarket,
  listing: Listing,
  from: number,
  to: number,
): readonly SimTrade[] | undefined {
  const all = market.trades(listing)
  const [first] = all
  if (first !== undefined && first.seq > 1 && first.at > from) return undefined
  return all.slice(
    firstIndex(all, ({ at }) => at < from),
    firstIndex(all, ({ at }) => at < to),
  )
}
