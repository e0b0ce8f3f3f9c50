import type { SimFunding } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { ok } from '../answers.ts'
import type { Answer, Ask } from '../door.ts'
import { isRefused, listed, named, pageOf, spanOf } from './asked.ts'
import { HOUR } from './intervals.ts'
import { REFUSALS } from './refusals.ts'

/** Funding that was paid, oldest first; without a symbol that of all, mixed. */
export function fundingRate({ query }: Ask, market: VenueMarket): Answer {
  const listing = named(query, market, 'perp')
  if (listing === undefined && query.has('symbol')) return REFUSALS.symbol
  const span = spanOf(query, 'perp', { usual: 100, most: 1000 })
  if (isRefused(span)) return span
  const paid = (listing === undefined ? listed(market, 'perp') : [listing]).flatMap((each) =>
    market.fundings(each).map((funding) => ({ listing: each, ...funding, at: bookedAt(funding) })),
  )
  const found = paid.filter(({ at }) => at >= span.start && at <= span.end).toSorted((a, b) => a.at - b.at)
  return ok(
    pageOf(found, span).map((each) => ({
      symbol: each.listing.name,
      fundingTime: each.at,
      fundingRate: each.rate.toFixed(8),
      markPrice: each.mark.toFixed(8),
      rateType: 'Regular',
    })),
  )
}

/** Charges are booked some milliseconds after the hour. */
const bookedAt = ({ at }: SimFunding): number => at + ((at / HOUR) % 12)

/** What most instruments have, and therefore is not listed: the hours between charges. */
const USUAL_HOURS = 8
/** Of the others one in so many has other bounds than usual, and is listed for that. */
const OTHER_BOUNDS = 3

/** Only instruments whose interval or bounds are not the usual ones. */
export const fundingInfo = (market: VenueMarket): unknown =>
  listed(market, 'perp')
    .filter(({ fundingHours }, i) => fundingHours !== USUAL_HOURS || i % OTHER_BOUNDS === 0)
    .map((listing) => ({
      symbol: listing.name,
      adjustedFundingRateCap: '0.02500000',
      adjustedFundingRateFloor: '-0.02500000',
      fundingIntervalHours: listing.fundingHours,
      disclaimer: false,
    }))

/** Mark, index and the funding that is expected next, of one instrument or of all. */
export function premiumIndex({ query }: Ask, market: VenueMarket): Answer {
  if (!query.has('symbol')) return ok(listed(market, 'perp').map((listing) => premiumOf(listing, market)))
  const listing = named(query, market, 'perp')
  return listing === undefined ? REFUSALS.symbol : ok(premiumOf(listing, market))
}

function premiumOf(listing: Listing, market: VenueMarket): unknown {
  const mark = market.mark(listing).toFixed(8)
  const { rate, at } = market.expectedFunding(listing)
  return {
    symbol: listing.name,
    markPrice: mark,
    indexPrice: mark,
    estimatedSettlePrice: mark,
    lastFundingRate: rate.toFixed(8),
    interestRate: '0.00010000',
    nextFundingTime: at,
    time: market.now(),
  }
}
