import { DAY_MS, HOUR_MS } from '../../../core/instant.ts'
import { lotsText, priceText, type Listing } from '../../market/live/listing.ts'
import type { SimTicker, VenueMarket } from '../../market/live/venueMarket.ts'
import type { Counting } from '../counting.ts'
import type { Answer, Ask } from '../door.ts'
import { forContract, forFamily, forPair } from './asked.ts'
import { success } from './envelope.ts'
import { listed } from './families.ts'
import { openInterestText } from './openInterest.ts'

/** All pairs, or the one that is named. */
export const spotTickers = (ask: Ask, market: VenueMarket): Answer =>
  ask.query.has('symbol')
    ? forPair(ask, market, (listing) => success(market, [pairTicker(listing, market)]))
    : success(
        market,
        listed(market, 'SPOT').map((listing) => pairTicker(listing, market)),
      )

/** The whole family at one time; this door takes no symbol. */
export const mixTickers = (ask: Ask, market: VenueMarket, counting: Counting): Answer =>
  forFamily(ask, market, (family) =>
    success(
      market,
      listed(market, family).map((listing) => contractTicker(listing, market, counting)),
    ),
  )

/** One contract, in a list of one. */
export const mixTicker = (ask: Ask, market: VenueMarket, counting: Counting): Answer =>
  forContract(ask, market, (listing) => success(market, [contractTicker(listing, market, counting)]))

export const symbolPrice = (ask: Ask, market: VenueMarket): Answer =>
  forContract(ask, market, (listing) => {
    const { last, mark, index } = market.ticker(listing)
    return success(market, [
      {
        symbol: listing.name,
        price: priceText(listing, last),
        indexPrice: priceText(listing, index),
        markPrice: priceText(listing, mark),
        ts: String(market.now()),
      },
    ])
  })

/** A ticker of the channel; here the price of a day ago is `open24h` for spot, too. */
export function channelTicker(listing: Listing, market: VenueMarket, counting: Counting): object {
  const ticker = market.ticker(listing)
  const { ts, changeUtc24h, ...common } = commonFields(listing, market, ticker)
  const open = { instId: listing.name, ...common, open24h: priceText(listing, ticker.open24h) }
  if (listing.market === 'spot') return { ...open, changeUtc24h, ts }
  return {
    ...open,
    ...contractFields(listing, market, ticker, counting),
    nextFundingTime: String(market.expectedFunding(listing).at),
    symbolType: '1',
    symbol: listing.name,
    deliveryPrice: '0',
    ts,
  }
}

function pairTicker(listing: Listing, market: VenueMarket): object {
  const ticker = market.ticker(listing)
  return {
    open: priceText(listing, ticker.open24h),
    symbol: listing.name,
    ...commonFields(listing, market, ticker),
    usdtVolume: ticker.quoteValue24h.toFixed(8),
  }
}

function contractTicker(listing: Listing, market: VenueMarket, counting: Counting): object {
  const ticker = market.ticker(listing)
  return {
    symbol: listing.name,
    ...commonFields(listing, market, ticker),
    usdtVolume: ticker.quoteValue24h.toFixed(8),
    ...contractFields(listing, market, ticker, counting),
    deliveryStartTime: null,
    deliveryTime: null,
    deliveryStatus: '',
    open24h: priceText(listing, ticker.open24h),
  }
}

/** What every ticker holds. Changes are fractions, volumes are of 24 hours. */
function commonFields(listing: Listing, market: VenueMarket, ticker: SimTicker) {
  const midnight = Math.floor(market.now() / DAY_MS) * DAY_MS
  const [first] = market.candles(listing, { stepMs: HOUR_MS, from: midnight, to: midnight + 1 })
  const openUtc = first?.open ?? ticker.open24h
  return {
    lastPr: priceText(listing, ticker.last),
    askPr: priceText(listing, ticker.ask),
    bidPr: priceText(listing, ticker.bid),
    bidSz: lotsText(listing, 1),
    askSz: lotsText(listing, 1),
    high24h: priceText(listing, ticker.high24h),
    low24h: priceText(listing, ticker.low24h),
    ts: String(market.now()),
    change24h: fraction(ticker.last, ticker.open24h),
    baseVolume: ticker.units24h.toFixed(8),
    quoteVolume: ticker.quoteValue24h.toFixed(8),
    openUtc: priceText(listing, openUtc),
    changeUtc24h: fraction(ticker.last, openUtc),
  }
}

const contractFields = (listing: Listing, market: VenueMarket, { mark, index }: SimTicker, counting: Counting) => ({
  indexPrice: priceText(listing, index),
  fundingRate: market.expectedFunding(listing).rate.toFixed(8),
  holdingAmount: openInterestText(listing, market, counting),
  markPrice: priceText(listing, mark),
})

const fraction = (now: number, then: number): string => (now / then - 1).toFixed(5)
