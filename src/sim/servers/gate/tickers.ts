import type { Listing } from '../../market/live/listing.ts'
import type { SimTicker, VenueMarket } from '../../market/live/venueMarket.ts'
import { ok } from '../answers.ts'
import { countedLots, type Counting } from '../counting.ts'
import type { Answer } from '../door.ts'
import { contractsAsked, isRefused, pairOf, pairs, settleOf, type Asked } from './asked.ts'
import { DAY, HOUR } from './intervals.ts'
import { change, decimal, price, rate } from './written.ts'

/** Tickers of all pairs, or of one, with the sizes at the best prices then. */
export function spotTickers(asked: Asked): Answer {
  const { query, market } = asked
  const zone = query.get('timezone') ?? ''
  if (!query.has('currency_pair')) return ok(pairs(market).map((listing) => spotRow(listing, market, zone)))
  const listing = pairOf(asked)
  if (isRefused(listing)) return listing
  const sizes = { lowest_size: lotText(listing), highest_size: lotText(listing) }
  return ok([{ ...spotRow(listing, market, zone), ...sizes }])
}

/** Tickers of all contracts of a settlement, or of one. */
export function contractTickers(asked: Asked): Answer {
  const found = contractsAsked(asked)
  if (isRefused(found)) return found
  return ok(found.map((listing) => contractRow(listing, asked.market, asked.counting)))
}

const lotText = (listing: Listing): string => decimal(listing.lot, listing.lotDecimals)

const spotRow = (listing: Listing, market: VenueMarket, zone: string) => ({
  ...spotTicker(listing, market),
  ...(zone === 'utc0' || zone === 'all' ? { change_utc0: changeSince(listing, market, 0) } : {}),
  ...(zone === 'utc8' || zone === 'all' ? { change_utc8: changeSince(listing, market, 8 * HOUR) } : {}),
})

/** The change since midnight of a time zone so far ahead. */
function changeSince(listing: Listing, market: VenueMarket, aheadMs: number): string {
  const midnight = Math.floor((market.now() + aheadMs) / DAY) * DAY - aheadMs
  const [first] = market.candles(listing, { stepMs: HOUR, from: midnight, to: market.now() + 1 })
  const { last } = market.ticker(listing)
  return change(first?.open ?? last, last)
}

/** What REST and the socket both say of a pair. */
export function spotTicker(listing: Listing, market: VenueMarket) {
  const ticker = market.ticker(listing)
  return {
    currency_pair: listing.name,
    last: price(listing, ticker.last),
    lowest_ask: price(listing, ticker.ask),
    highest_bid: price(listing, ticker.bid),
    change_percentage: change(ticker.open24h, ticker.last),
    base_volume: decimal(ticker.units24h, 12),
    quote_volume: decimal(ticker.quoteValue24h, 12),
    high_24h: price(listing, ticker.high24h),
    low_24h: price(listing, ticker.low24h),
  }
}

function contractRow(listing: Listing, market: VenueMarket, counting: Counting) {
  const ticker = market.ticker(listing)
  return {
    ...contractTicker(listing, market, counting),
    highest_bid: price(listing, ticker.bid),
    highest_size: '1',
    lowest_ask: price(listing, ticker.ask),
    lowest_size: '1',
  }
}

/** What REST and the socket both say of a contract. Volumes of coins and dollars are cut to whole ones. */
export function contractTicker(listing: Listing, market: VenueMarket, counting: Counting) {
  const ticker = market.ticker(listing)
  const { rate: expected } = market.expectedFunding(listing)
  const { longLots } = market.snapshot(listing)
  const [base, quote] = [whole(ticker.units24h), whole(ticker.quoteValue24h)]
  return {
    contract: listing.name,
    last: price(listing, ticker.last),
    low_24h: price(listing, ticker.low24h),
    high_24h: price(listing, ticker.high24h),
    change_percentage: change(ticker.open24h, ticker.last),
    total_size: String(countedLots(longLots, counting)),
    volume_24h: String(ticker.lots24h),
    volume_24h_btc: whole(inBitcoin(ticker, market)),
    volume_24h_usd: quote,
    volume_24h_base: base,
    volume_24h_quote: quote,
    volume_24h_settle: settleOf(listing) === 'btc' ? base : quote,
    mark_price: price(listing, ticker.mark),
    funding_rate: rate(expected),
    funding_rate_indicative: rate(expected),
    index_price: price(listing, ticker.index),
  }
}

const whole = (value: number): string => String(Math.trunc(value))

function inBitcoin({ quoteValue24h }: SimTicker, market: VenueMarket): number {
  const bitcoin = market.listing('perp', 'BTC_USDT')
  return bitcoin === undefined ? 0 : quoteValue24h / market.mark(bitcoin)
}
