import { lotsText, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { countedLots, type Counting } from '../counting.ts'
import type { Answer, Ask } from '../door.ts'
import { forContract } from './asked.ts'
import { success } from './envelope.ts'

/** Open interest now, of one contract; there is no past of it. */
export const openInterest = (ask: Ask, market: VenueMarket, counting: Counting): Answer =>
  forContract(ask, market, (listing) =>
    success(market, {
      openInterestList: [{ symbol: listing.name, size: openInterestText(listing, market, counting) }],
      ts: String(market.now()),
    }),
  )

/** Open interest in the base coin. */
export const openInterestText = (listing: Listing, market: VenueMarket, counting: Counting): string =>
  lotsText(listing, countedLots(market.snapshot(listing).longLots, counting))
