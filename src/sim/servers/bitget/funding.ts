import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { numberOf } from '../answers.ts'
import type { Answer, Ask } from '../door.ts'
import { forContract, forFamily } from './asked.ts'
import { refusal, success } from './envelope.ts'
import { listed } from './families.ts'

/** Pages of settled funding that can be asked for, and rows on one. */
const PAGES = 100
const ROWS = 100

/** The running rate of one contract, or of the whole family. It is a fraction for one interval, paid at `nextUpdate`. */
export const currentFundRate = (ask: Ask, market: VenueMarket): Answer =>
  ask.query.has('symbol')
    ? forContract(ask, market, (listing) => success(market, [rateRow(listing, market)]))
    : forFamily(ask, market, (family) =>
        success(
          market,
          listed(market, family).map((listing) => rateRow(listing, market)),
        ),
      )

export const fundingTime = (ask: Ask, market: VenueMarket): Answer =>
  forContract(ask, market, (listing) =>
    success(market, [
      {
        symbol: listing.name,
        nextFundingTime: String(market.expectedFunding(listing).at),
        ratePeriod: String(listing.fundingHours),
      },
    ]),
  )

/** Settled funding, newest first, by pages from 1; a page moves when a payment is settled. It takes no times. */
export const historyFundRate = (ask: Ask, market: VenueMarket): Answer =>
  forContract(ask, market, (listing) => {
    const page = numberOf(ask.query, 'pageNo', 1)
    if (!(page > 0 && page <= PAGES)) return refusal(market, '40808', `0 < pageNo <=${PAGES}`)
    const size = Math.min(Math.max(1, numberOf(ask.query, 'pageSize', 20)), ROWS)
    const rows = market
      .fundings(listing)
      .toReversed()
      .slice((page - 1) * size, page * size)
    return success(
      market,
      rows.map(({ at, rate }) => ({
        symbol: listing.name,
        fundingRate: rate.toFixed(8),
        fundingTime: String(at),
      })),
    )
  })

function rateRow(listing: Listing, market: VenueMarket): object {
  const { rate, at } = market.expectedFunding(listing)
  return {
    symbol: listing.name,
    fundingRate: rate.toFixed(8),
    fundingRateInterval: String(listing.fundingHours),
    nextUpdate: String(at),
    minFundingRate: '-0.003',
    maxFundingRate: '0.003',
  }
}
