import { DAY_MS, HOUR_MS } from '../../../core/instant.ts'
import type { SimFunding } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { numberOf } from '../answers.ts'
import type { Answer, Ask } from '../door.ts'
import { decimalText } from './decimalText.ts'
import { swaps } from './names.ts'
import { missing, rowsOf, unknownInstrument, wrong } from './refusals.ts'

const HISTORY = { most: 400, reachMs: 90 * DAY_MS }
const CAP = '0.00375'
/** The forecast of the last moment is not what is paid: this share of the rate lies between them. */
const FORECAST_OFF = 4e-5

/** What is expected of one swap, or of all where `instId` is ANY. */
export function fundingRate({ query }: Ask, market: VenueMarket): Answer {
  const instId = query.get('instId')
  if (instId === null) return missing('instId')
  const listings = swaps(market).filter(({ name }) => instId === 'ANY' || name === instId)
  if (listings.length === 0) return unknownInstrument()
  return rowsOf(listings.map((listing) => fundingRow(market, listing, market.now())))
}

/** `fundingRate` is a forecast until `fundingTime`; `settFundingRate` was paid before. */
export function fundingRow(market: VenueMarket, listing: Listing, ts: number): unknown {
  const { rate, at } = market.expectedFunding(listing)
  const paid = market.fundings(listing).at(-1)
  return {
    formulaType: 'noRate',
    fundingRate: rateText(rate),
    fundingTime: String(at),
    impactValue: '',
    instId: listing.name,
    instType: 'SWAP',
    interestRate: '',
    maxFundingRate: CAP,
    method: 'current_period',
    minFundingRate: `-${CAP}`,
    nextFundingRate: '',
    nextFundingTime: String(at + listing.fundingHours * HOUR_MS),
    premium: '0',
    settFundingRate: paid === undefined ? '' : rateText(paid.rate),
    settState: 'settled',
    ts: String(ts),
  }
}

/** What was paid, older than `after` and newer than `before`, neither included; newest first. */
export function fundingHistory({ query }: Ask, market: VenueMarket): Answer {
  const instId = query.get('instId')
  if (instId === null) return missing('instId')
  const listing = market.listing('perp', instId)
  if (listing === undefined) return unknownInstrument()
  const limit = Math.min(numberOf(query, 'limit', HISTORY.most), HISTORY.most)
  const [before, after] = [numberOf(query, 'before', -Infinity), numberOf(query, 'after', Infinity)]
  if (!(limit > 0) || Number.isNaN(before) || Number.isNaN(after)) return wrong('limit')
  const oldest = market.now() - HISTORY.reachMs
  const found = market.fundings(listing).filter(({ at }) => at > before && at < after && at >= oldest)
  return rowsOf(
    found
      .slice(-limit)
      .toReversed()
      .map((funding) => paidRow(listing, funding)),
  )
}

const paidRow = (listing: Listing, { at, rate }: SimFunding): unknown => ({
  formulaType: 'noRate',
  fundingRate: rateText(rate * (1 + FORECAST_OFF)),
  fundingTime: String(at),
  instId: listing.name,
  instType: 'SWAP',
  method: 'current_period',
  realizedRate: rateText(rate),
})

const rateText = (rate: number): string => decimalText(rate, 16)
