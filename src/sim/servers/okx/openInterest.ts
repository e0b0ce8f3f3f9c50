import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Answer, Ask } from '../door.ts'
import { familyOf, instTypeOf, swaps } from './names.ts'
import { openInterestOf } from './quantities.ts'
import { missing, rowsOf, unknownInstrument, wrong } from './refusals.ts'

/** Open interest of all swaps, a family or one. */
export function openInterest({ query }: Ask, market: VenueMarket): Answer {
  const instType = query.get('instType')
  if (instType === null) return missing('instType')
  if (instType === 'FUTURES' || instType === 'OPTION') return rowsOf([])
  if (instType !== 'SWAP') return wrong('instType')
  const [instId, family] = [query.get('instId'), query.get('instFamily') ?? query.get('uly')]
  const found = swaps(market).filter(
    (each) => (instId === null || each.name === instId) && (family === null || familyOf(each) === family),
  )
  if (instId !== null && found.length === 0) return unknownInstrument()
  return rowsOf(found.map((listing) => openInterestRow(market, listing, market.now())))
}

/** One side is counted: the documentation does not say, and a capture's coins are its contracts by their value. */
export function openInterestRow(market: VenueMarket, listing: Listing, ts: number): unknown {
  const { longLots, mark } = market.snapshot(listing)
  const [oi, oiCcy, oiUsd] = openInterestOf(listing, longLots, mark)
  return { instType: instTypeOf(listing), instId: listing.name, oi, oiCcy, oiUsd, ts: String(ts) }
}
