import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Answer, Ask } from '../door.ts'
import { pxText } from './quantities.ts'
import { named, spots, swaps } from './names.ts'
import { missing, rowsOf, unknownInstrument, wrong } from './refusals.ts'

/** Mark prices of a kind, or of one instrument; those of pairs on spot stand under MARGIN. */
export function markPrices({ query }: Ask, market: VenueMarket): Answer {
  const [instId, instType] = [query.get('instId'), query.get('instType')]
  const rows = (listings: readonly Listing[]): Answer =>
    rowsOf(listings.map((listing) => markRow(market, listing, market.now())))
  if (instId !== null) {
    const listing = named(market, instId)
    return listing === undefined ? unknownInstrument() : rows([listing])
  }
  switch (instType) {
    case null:
      return missing('instType')
    case 'SWAP':
      return rows(swaps(market))
    case 'MARGIN':
      return rows(spots(market))
    case 'FUTURES':
    case 'OPTION':
      return rows([])
    default:
      return wrong('instType')
  }
}

export const markRow = (market: VenueMarket, listing: Listing, ts: number): unknown => ({
  instType: listing.market === 'spot' ? 'MARGIN' : 'SWAP',
  instId: listing.name,
  markPx: pxText(listing, market.mark(listing)),
  ts: String(ts),
})
