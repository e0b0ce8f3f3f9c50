import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'

/**
 * Product types of contracts, by the names that doors take. Only the first has contracts here: what a COIN-FUTURES row
 * holds, and in which unit, is not documented well enough, and the venue's own list of them was last seen empty.
 */
export const PRODUCT_TYPES: readonly string[] = [
  'USDT-FUTURES',
  'COIN-FUTURES',
  'USDC-FUTURES',
  'SUSDT-FUTURES',
  'SCOIN-FUTURES',
  'SUSDC-FUTURES',
]

/** The family that a listing belongs to, as sockets name it; the same symbol is in several. */
const familyOf = (listing: Listing): string => (listing.market === 'spot' ? 'SPOT' : 'USDT-FUTURES')

/** Everything listed in a family. */
export const listed = (market: VenueMarket, family: string): readonly Listing[] =>
  market.listings.filter((listing) => familyOf(listing) === family)

/** The listing of a symbol in a family. */
export function find(market: VenueMarket, family: string, symbol: string): Listing | undefined {
  if (family === 'SPOT') return market.listing('spot', symbol)
  return family === 'USDT-FUTURES' ? market.listing('perp', symbol) : undefined
}
