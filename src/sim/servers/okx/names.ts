import { lotsText, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'

/** The kind of instrument, by the venue's word. */
export const instTypeOf = ({ market }: Listing): 'SPOT' | 'SWAP' => (market === 'spot' ? 'SPOT' : 'SWAP')

/** `BTC-USDT` of `BTC-USDT-SWAP`: its underlying, and its family here. */
export const familyOf = ({ base, quote }: Listing): string => `${base}-${quote}`

/** What one contract stands for: coins, or dollars where it is inverse. */
export const ctValOf = (listing: Listing): string => lotsText(listing, 1)

export const spots = (market: VenueMarket): readonly Listing[] =>
  market.listings.filter((listing) => listing.market === 'spot')

export const swaps = (market: VenueMarket): readonly Listing[] =>
  market.listings.filter((listing) => listing.market === 'perp')

/** An instrument of either kind by its `instId`; undefined where there is none. */
export const named = (market: VenueMarket, instId: string): Listing | undefined =>
  market.listing('perp', instId) ?? market.listing('spot', instId)
