import { HOUR_MS } from '../../../core/instant.ts'
import { longLots } from '../../market/live/accounts.ts'
import { MINUTE } from '../../market/live/candleTape.ts'
import { lotsText, priceText, valueOf, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { categoryNamed, listedAs, listedIn } from './category.ts'
import { namedCategoryDoor } from './doors.ts'
import { answered, notSupported } from './envelope.ts'
import { trimmed } from './quantities.ts'
import { lastDirection } from './trades.ts'

/** The greatest rate of a payment. */
export const FUNDING_CAP = 0.005

/** A ticker's fields; all are text, and what is absent is empty text. */
export type TickerFields = Readonly<Record<string, string>>

/** GET /v5/market/tickers: one symbol, or all of a category in one answer. */
export const tickers = namedCategoryDoor(({ query }, market) => {
  const category = categoryNamed(query)
  if (category === undefined) return undefined
  const one = query.has('symbol') ? listedAs(market, category, query.get('symbol') ?? '') : undefined
  if (query.has('symbol') && one === undefined) return notSupported(market)
  const listings = one === undefined ? listedIn(market, category) : [one]
  return answered(market, { category, list: listings.map((listing) => restFields(listing, market)) })
})

function restFields(listing: Listing, market: VenueMarket): TickerFields {
  const day = dayOf(listing, market)
  const sides = bidAndAsk(listing, market)
  if (listing.market === 'spot') return { ...spotFields(listing, market, day), ...sides }
  return { ...contractFields(listing, market, day), ...sides, ...OF_DATED_FUTURES }
}

/** What perpetuals have no value for. */
const OF_DATED_FUTURES = {
  predictedDeliveryPrice: '',
  basisRate: '',
  deliveryFeeRate: '',
  deliveryTime: '0',
  basis: '',
  basisRateYear: '',
} as const

/** A ticker as the socket tells it: with a direction for contracts, without bid and ask for spot. */
export function socketFields(listing: Listing, market: VenueMarket, day: Day): TickerFields {
  if (listing.market === 'spot') return spotFields(listing, market, day)
  const tickDirection = lastDirection(market.trades(listing))
  return { ...contractFields(listing, market, day), ...bidAndAsk(listing, market), tickDirection }
}

/** What a ticker says of the past day: the part that takes long to count. */
export interface Day {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly units: number
  readonly quoteValue: number
  readonly hourAgo: number
}

/** The past day as it stands now. */
export function dayOf(listing: Listing, market: VenueMarket): Day {
  const { open24h, high24h, low24h, units24h, quoteValue24h } = market.ticker(listing)
  const ago = market.now() - HOUR_MS
  const barAt = (stepMs: number): number | undefined => {
    const at = Math.floor(ago / stepMs) * stepMs
    return market.candles(listing, { stepMs, from: at, to: at + 1 })[0]?.open
  }
  const hourAgo = barAt(MINUTE) ?? barAt(HOUR_MS) ?? open24h
  return { open: open24h, high: high24h, low: low24h, units: units24h, quoteValue: quoteValue24h, hourAgo }
}

function spotFields(listing: Listing, market: VenueMarket, day: Day): TickerFields {
  const price = (value: number): string => priceText(listing, value)
  const last = lastOf(listing, market)
  return {
    symbol: listing.name,
    lastPrice: price(last),
    highPrice24h: price(Math.max(day.high, last)),
    lowPrice24h: price(Math.min(day.low, last)),
    prevPrice24h: price(day.open),
    volume24h: day.units.toFixed(listing.lotDecimals),
    turnover24h: day.quoteValue.toFixed(8),
    price24hPcnt: (last / day.open - 1).toFixed(4),
    usdIndexPrice: market.mark(listing).toFixed(8),
  }
}

function contractFields(listing: Listing, market: VenueMarket, day: Day): TickerFields {
  const price = (value: number): string => priceText(listing, value)
  const last = lastOf(listing, market)
  const funding = market.expectedFunding(listing)
  const [mark, isInverse] = [price(market.mark(listing)), listing.contract === 'inverse']
  return {
    symbol: listing.name,
    price24hPcnt: (last / day.open - 1).toFixed(6),
    lastPrice: price(last),
    prevPrice24h: price(day.open),
    highPrice24h: price(Math.max(day.high, last)),
    lowPrice24h: price(Math.min(day.low, last)),
    prevPrice1h: price(day.hourAgo),
    markPrice: mark,
    indexPrice: mark,
    ...openInterestFields(listing, market),
    turnover24h: (isInverse ? day.units : day.quoteValue).toFixed(4),
    volume24h: (isInverse ? day.quoteValue : day.units).toFixed(Math.max(4, listing.lotDecimals)),
    fundingIntervalHour: String(listing.fundingHours),
    fundingCap: String(FUNDING_CAP),
    nextFundingTime: String(funding.at),
    fundingRate: trimmed(funding.rate, 8),
    preOpenPrice: '',
    preQty: '',
    curPreListingPhase: '',
  }
}

/** Counted on both sides and on one: coins of a linear contract, dollars of an inverse one; values the other way. */
function openInterestFields(listing: Listing, market: VenueMarket): TickerFields {
  const lots = longLots(market.positions(listing))
  const mark = market.mark(listing)
  const valueText = (some: number): string =>
    (listing.contract === 'inverse' ? (some * listing.lot) / mark : valueOf(listing, some, mark)).toFixed(2)
  return {
    openInterest: lotsText(listing, 2 * lots),
    openInterestValue: valueText(2 * lots),
    singleOpenInterest: lotsText(listing, lots),
    singleOpenInterestValue: valueText(lots),
  }
}

/** One tick on either side of the last price, and one lot at each. */
function bidAndAsk(listing: Listing, market: VenueMarket): TickerFields {
  const last = lastOf(listing, market)
  const size = lotsText(listing, 1)
  return {
    bid1Price: priceText(listing, last - listing.tick),
    bid1Size: size,
    ask1Price: priceText(listing, last + listing.tick),
    ask1Size: size,
  }
}

const lastOf = (listing: Listing, market: VenueMarket): number =>
  market.trades(listing).at(-1)?.price ?? market.mark(listing)
