import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'

/** What the venue tells its markets apart by. Options are known and there are none. */
export const CATEGORIES = ['spot', 'linear', 'inverse', 'option'] as const
export type Category = (typeof CATEGORIES)[number]

/** The category that a listing stands in. */
export const categoryOf = ({ contract }: Listing): Category => (contract === 'none' ? 'spot' : contract)

/** The category of a question, `linear` where the door lets it be left out; undefined where there is no such one. */
export const categoryNamed = (query: URLSearchParams): Category | undefined =>
  CATEGORIES.find((each) => each === (query.get('category') ?? 'linear'))

/** What is listed in a category. */
export const listedIn = (market: VenueMarket, category: Category): readonly Listing[] =>
  market.listings.filter((listing) => categoryOf(listing) === category)

/** The listing of that name in a category; undefined where there is none. */
export function listedAs(market: VenueMarket, category: Category, name: string): Listing | undefined {
  const found = market.listing(category === 'spot' ? 'spot' : 'perp', name)
  return found !== undefined && categoryOf(found) === category ? found : undefined
}
