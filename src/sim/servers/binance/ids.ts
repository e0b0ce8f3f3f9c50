import type { SimTrade } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'

/** On futures, so many aggregates after each other have fills without a hole between them. */
const UNBROKEN = 40

/** The id of an aggregate: it rises by one for a symbol, from 0 on spot and from 1 on futures. */
export const aggregateId = ({ market }: Listing, { seq }: SimTrade): number => (market === 'spot' ? seq - 1 : seq)

export interface Ids {
  readonly first: number
  readonly last: number
}

/**
 * The ids of the single fills in an aggregate. They rise too, but on futures they have holes between aggregates, where fills of
 * the insurance fund are left out.
 */
export function fillIds({ market }: Listing, trade: SimTrade): Ids {
  const first = trade.firstFill + (market === 'spot' ? -1 : Math.floor(trade.seq / UNBROKEN))
  return { first, last: first + fillsOf(trade) - 1 }
}

/** The first and the last fill that are known; both -1 where there is none. */
export function tradedIds(listing: Listing, market: VenueMarket): Ids {
  const trades = market.trades(listing)
  const [first, last] = [trades[0], trades.at(-1)]
  if (first === undefined || last === undefined) return { first: -1, last: -1 }
  return { first: fillIds(listing, first).first, last: fillIds(listing, last).last }
}

/** The single fills of an aggregate: lots each, which sum to the whole. */
export function fillLots(trade: SimTrade): readonly number[] {
  const count = fillsOf(trade)
  const each = Math.floor(trade.lots / count)
  return Array.from({ length: count }, (_, i) => (i === 0 ? trade.lots - each * (count - 1) : each))
}

/** No fill is smaller than a lot. */
const fillsOf = ({ fills, lots }: SimTrade): number => Math.min(fills, lots)
