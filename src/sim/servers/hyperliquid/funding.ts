import { HOUR_MS } from '../../../core/instant.ts'
import type { SimFunding } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { digestDigits } from '../answers.ts'
import { decimalText } from './decimalText.ts'
import { listed, placesOf } from './universe.ts'

const PAGE = 500
const RATE_DECIMALS = 10
/** The interest of eight hours, and how far the premium may pull the rate away from it. */
const INTEREST = 0.0001
const CLAMP = 0.0005

/** What was paid in a time, both ends included, oldest first: a settlement is stamped a little after its hour. */
export function fundingHistory(
  market: VenueMarket,
  listing: Listing,
  { from, to }: { readonly from: number; readonly to: number },
): readonly unknown[] {
  const until = Math.min(to, market.now())
  return market
    .fundings(listing)
    .map((paid) => ({ paid, time: paid.at + delayOf(listing, paid) }))
    .filter(({ time }) => time >= from && time <= until)
    .slice(0, PAGE)
    .map(({ paid, time }) => ({
      coin: listing.name,
      fundingRate: decimalText(paid.rate, RATE_DECIMALS),
      premium: decimalText(premiumOf(paid.rate), RATE_DECIMALS),
      time,
    }))
}

/** 1 to 118 ms. */
const delayOf = (listing: Listing, { at }: SimFunding): number =>
  1 + (Number(digestDigits(`${listing.name}/${at}`, 6)) % 118)

/** The premium from which the rate of an hour follows: rate = (P + clamp(interest - P, -0.0005, 0.0005)) / 8. */
function premiumOf(rate: number): number {
  const eightHours = rate * 8
  if (Math.abs(eightHours - INTEREST) < 1e-12) return INTEREST
  return eightHours > INTEREST ? eightHours + CLAMP : eightHours - CLAMP
}

/** What is expected, of this venue alone; the settlement that it names is the one that has just passed. */
export const predictedFundings = (market: VenueMarket): readonly unknown[] =>
  placesOf(market).flatMap(({ name }) => {
    const listing = listed(market, name)
    if (listing === undefined) return []
    const own = {
      fundingRate: decimalText(market.expectedFunding(listing).rate, RATE_DECIMALS),
      nextFundingTime: Math.floor(market.now() / HOUR_MS) * HOUR_MS,
      fundingIntervalHours: 1,
    }
    return [
      [
        name,
        [
          ['BinPerp', null],
          ['HlPerp', own],
          ['BybitPerp', null],
        ],
      ],
    ]
  })
