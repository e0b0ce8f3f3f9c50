import type { Account } from '../../market/live/accounts.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'

/** An account and the one coin that it trades. */
export interface Holding {
  readonly listing: Listing
  readonly account: Account
}

/** The account of an address; undefined where nobody has it. */
export function holdingOf(market: VenueMarket, user: string): Holding | undefined {
  for (const listing of market.listings) {
    const account = market.positions(listing).find(({ id }) => id === user)
    if (account !== undefined) return { listing, account }
  }
  return undefined
}

/** All accounts of the venue. */
export const holdingsOf = (market: VenueMarket): readonly Holding[] =>
  market.listings.flatMap((listing) => market.positions(listing).map((account) => ({ listing, account })))

/** An address in lower case; undefined where the text is none. */
export const addressOf = (text: unknown): string | undefined =>
  typeof text === 'string' && /^0x[0-9a-fA-F]{40}$/.test(text) ? text.toLowerCase() : undefined
