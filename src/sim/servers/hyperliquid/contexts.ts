import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { countedLots, type Counting } from '../counting.ts'
import { decimalText } from './decimalText.ts'
import { listed, placesOf, type Place } from './universe.ts'

/** Rates and premiums have ten decimals, sums of money more noise than meaning. */
const RATE_DECIMALS = 10
const MONEY_DECIMALS = 10

/** The contexts of all places, in the order of the list: they carry no name. */
export const contexts = (market: VenueMarket, counting: Counting): readonly unknown[] =>
  placesOf(market).map((place) => contextAt(market, place, counting))

/** The context of one coin; undefined where it stands in no list. */
export function context(market: VenueMarket, coin: string, counting: Counting): unknown {
  const place = placesOf(market).find(({ name }) => name === coin)
  return place === undefined ? undefined : contextAt(market, place, counting)
}

function contextAt(market: VenueMarket, place: Place, counting: Counting): unknown {
  const listing = listed(market, place.name)
  if (listing === undefined) return delisted(place)
  place.mark = market.mark(listing)
  return living(market, listing, counting)
}

function living(market: VenueMarket, listing: Listing, counting: Counting): unknown {
  const ticker = market.ticker(listing)
  const price = (value: number): string => decimalText(value, listing.priceDecimals)
  const lots = countedLots(market.snapshot(listing).longLots, counting)
  return {
    funding: decimalText(market.expectedFunding(listing).rate, RATE_DECIMALS),
    openInterest: decimalText(lots * listing.lot, listing.lotDecimals),
    prevDayPx: price(ticker.open24h),
    dayNtlVlm: decimalText(ticker.quoteValue24h, MONEY_DECIMALS),
    premium: decimalText(premiumOf(ticker), RATE_DECIMALS),
    oraclePx: price(ticker.index),
    markPx: price(ticker.mark),
    midPx: midText(listing, ticker),
    impactPxs: [price(ticker.bid), price(ticker.ask)],
    dayBaseVlm: decimalText(ticker.units24h, listing.lotDecimals),
  }
}

/** How far the book stands from the oracle, on the scale of eight hours, as its two impact prices say. */
function premiumOf({
  bid,
  ask,
  index,
}: {
  readonly bid: number
  readonly ask: number
  readonly index: number
}): number {
  return (Math.max(bid - index, 0) - Math.max(index - ask, 0)) / index
}

const delisted = ({ mark }: Place): unknown => ({
  funding: '0.0',
  openInterest: '0.0',
  prevDayPx: frozen(mark),
  dayNtlVlm: '0.0',
  premium: null,
  oraclePx: frozen(mark),
  markPx: frozen(mark),
  midPx: null,
  impactPxs: null,
  dayBaseVlm: '0.0',
})

const frozen = (mark: number): string => decimalText(mark, 8)

/** The middle of the book has half a tick more than prices. */
const midText = (listing: Listing, { bid, ask }: { readonly bid: number; readonly ask: number }): string =>
  decimalText((bid + ask) / 2, listing.priceDecimals + 1)

/** The middle of every book by coin; the last price where there is no book. */
export const mids = (market: VenueMarket): Readonly<Record<string, string>> =>
  Object.fromEntries(placesOf(market).map((place) => [place.name, midAt(market, place)]))

function midAt(market: VenueMarket, place: Place): string {
  const listing = listed(market, place.name)
  return listing === undefined ? frozen(place.mark) : midText(listing, market.ticker(listing))
}

/** Mark and middle of every coin by its name. */
export const marksAndMids = (market: VenueMarket): Readonly<Record<string, MarkAndMid>> =>
  Object.fromEntries(
    placesOf(market).map((place) => {
      const listing = listed(market, place.name)
      if (listing === undefined) return [place.name, { markPx: frozen(place.mark), midPx: null }]
      const ticker = market.ticker(listing)
      return [place.name, { markPx: decimalText(ticker.mark, listing.priceDecimals), midPx: midText(listing, ticker) }]
    }),
  )

export interface MarkAndMid {
  readonly markPx: string
  readonly midPx: string | null
}
