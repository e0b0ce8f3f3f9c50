import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { countedLots, type Counting } from '../counting.ts'
import type { Answer, Ask } from '../door.ts'
import { familyOf, instTypeOf, swaps } from './names.ts'
import { openInterestOf } from './quantities.ts'
import { missing, rowsOf, unknownInstrument, wrong } from './refusals.ts'

/** Open interest of all swaps, a family or one. */
export function openInterest({ query }: Ask, market: VenueMarket, counting: Counting): Answer {
  const instType = query.get('instType')
  if (instType === null) return missing('instType')
  if (instType === 'FUTURES' || instType === 'OPTION') return rowsOf([])
  if (instType !== 'SWAP') return wrong('instType')
  const [instId, family] = [query.get('instId'), query.get('instFamily') ?? query.get('uly')]
  const found = swaps(market).filter(
    (each) => (instId === null || each.name === instId) && (family === null || familyOf(each) === family),
  )
  if (instId !== null && found.length === 0) return unknownInstrument()
  return rowsOf(found.map((listing) => openInterestRow(listing, market, counting)))
}

/** How it stands now. How many sides are counted the documentation does not say. */
export function openInterestRow(listing: Listing, market: VenueMarket, counting: Counting): unknown {
  const { longLots, mark } = market.snapshot(listing)
  const [oi, oiCcy, oiUsd] = openInterestOf(listing, countedLots(longLots, counting), mark)
  return { instType: instTypeOf(listing), instId: listing.name, oi, oiCcy, oiUsd, ts: String(market.now()) }
}
