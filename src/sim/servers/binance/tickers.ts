import { lotsText, priceText, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { ok } from '../answers.ts'
import type { Answer, Ask } from '../door.ts'
import { listed, named, type Which } from './asked.ts'
import { tradedIds } from './ids.ts'
import { DAY } from './intervals.ts'
import { REFUSALS } from './refusals.ts'

/** The last 24 hours of one instrument, of those in `symbols` (spot), or of all. */
export function tickers({ query }: Ask, market: VenueMarket, which: Which): Answer {
  const written = query.get('type') === 'MINI' && which === 'spot' ? miniOf : fullOf
  if (query.has('symbol')) {
    const listing = named(query, market, which)
    return listing === undefined ? REFUSALS.symbol : ok(written(listing, market))
  }
  const names = which === 'spot' ? namesIn(query.get('symbols')) : undefined
  const found = listed(market, which).filter(({ name }) => names?.includes(name) ?? true)
  if (names !== undefined && found.length !== names.length) return REFUSALS.symbol
  return ok(found.map((listing) => written(listing, market)))
}

/** The names in a list written as JSON; of anything else, one that nothing has. */
function namesIn(text: string | null): readonly string[] | undefined {
  if (text === null) return undefined
  try {
    const names: unknown = JSON.parse(text)
    return Array.isArray(names) ? names.map(String) : ['']
  } catch {
    return ['']
  }
}

function miniOf(listing: Listing, market: VenueMarket): Readonly<Record<string, unknown>> {
  const ticker = market.ticker(listing)
  const ids = tradedIds(listing, market)
  const price = (value: number): string => priceText(listing, value)
  return {
    symbol: listing.name,
    openPrice: price(ticker.open24h),
    highPrice: price(ticker.high24h),
    lowPrice: price(ticker.low24h),
    lastPrice: price(ticker.last),
    volume: ticker.units24h.toFixed(8),
    quoteVolume: ticker.quoteValue24h.toFixed(8),
    openTime: market.now() - DAY,
    closeTime: market.now(),
    firstId: ids.first,
    lastId: ids.last,
    count: ticker.trades24h,
  }
}

function fullOf(listing: Listing, market: VenueMarket): Readonly<Record<string, unknown>> {
  const ticker = market.ticker(listing)
  const price = (value: number): string => priceText(listing, value)
  const change = ticker.last - ticker.open24h
  const spotOnly = {
    prevClosePrice: price(ticker.open24h),
    bidPrice: price(ticker.bid),
    bidQty: lotsText(listing, 1),
    askPrice: price(ticker.ask),
    askQty: lotsText(listing, 1),
  }
  return {
    ...miniOf(listing, market),
    priceChange: price(change),
    priceChangePercent: ((100 * change) / ticker.open24h).toFixed(3),
    weightedAvgPrice: price(ticker.units24h === 0 ? ticker.last : ticker.quoteValue24h / ticker.units24h),
    lastQty: lotsText(listing, market.trades(listing).at(-1)?.lots ?? 1),
    ...(listing.market === 'spot' ? spotOnly : {}),
  }
}
