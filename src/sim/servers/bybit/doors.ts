import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Answer, Ask } from '../door.ts'
import { categoryNamed, listedAs, type Category } from './category.ts'
import { invalid, notSupported } from './envelope.ts'

/** A door over REST. What it gives no answer to has no such path, as a category that does not exist. */
export type Door = (ask: Ask, market: VenueMarket) => Answer | undefined

/** What a question about one instrument is about. */
export interface Subject {
  readonly query: URLSearchParams
  readonly market: VenueMarket
  readonly listing: Listing
  readonly category: Category
}

/** A door that speaks of one instrument, of spot and contracts; the category may be left out and is linear then. */
export const listingDoor =
  (answer: (subject: Subject) => Answer): Door =>
  ({ query }, market) => {
    const category = categoryNamed(query)
    if (category === undefined) return undefined
    const listing = listedAs(market, category, query.get('symbol') ?? '')
    return listing === undefined ? notSupported(market) : answer({ query, market, listing, category })
  }

/** A door that needs the category named. */
export const namedCategoryDoor =
  (door: Door): Door =>
  (ask, market) =>
    ask.query.has('category') ? door(ask, market) : invalid(market, 'category')

/** A door that speaks of one contract and needs the category named. */
export const contractDoor = (answer: (subject: Subject) => Answer): Door =>
  namedCategoryDoor(
    listingDoor((subject) => (subject.category === 'spot' ? notSupported(subject.market) : answer(subject))),
  )

/** How many rows are asked for, no more than there may be; undefined where it is no whole number above 0. */
export function limitOf(
  query: URLSearchParams,
  { usual, most }: { readonly usual: number; readonly most: number },
): number | undefined {
  const limit = Number(query.get('limit') ?? usual)
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, most) : undefined
}
