import type { SimTrade } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'
import { digestDigits } from '../answers.ts'

/** A contract's trades are counted one by one; the ids of spot count over all markets and so have holes within one. */
export const tradeNumber = (listing: Listing, trade: SimTrade): number =>
  listing.market === 'perp' ? trade.seq : trade.at * 1000 + Number(digestDigits(listing.name, 3))

/** What spot shows behind the milliseconds of a trade's time: four digits. */
export const fraction = ({ seq }: SimTrade): string => String((seq * 7919) % 10_000).padStart(4, '0')
