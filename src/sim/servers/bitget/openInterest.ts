import { lotsText, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Answer, Ask } from '../door.ts'
import { forContract } from './asked.ts'
import { success } from './envelope.ts'

/** Whether open interest counts one side of a contract or both: the venue does not say. */
export type Sides = 1 | 2

/** Open interest now, of one contract; there is no past of it. */
export const openInterest = (ask: Ask, market: VenueMarket, sides: Sides): Answer =>
  forContract(ask, market, (listing) =>
    success(market, {
      openInterestList: [{ symbol: listing.name, size: openInterestText(listing, market, sides) }],
      ts: String(market.now()),
    }),
  )

/** Open interest in the base coin. */
export const openInterestText = (listing: Listing, market: VenueMarket, sides: Sides): string =>
  lotsText(listing, market.snapshot(listing).longLots * sides)
