import type { SimCandle } from '../../market/live/candleTape.ts'
import { priceText, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { ok } from '../answers.ts'
import type { Answer, Ask } from '../door.ts'
import { isRefused, named, pageOf, spanOf, type Which } from './asked.ts'
import { intervalOf } from './intervals.ts'
import { REFUSALS } from './refusals.ts'

/** Candles, oldest first, the running one among them. */
export function klines({ query }: Ask, market: VenueMarket, which: Which): Answer {
  const listing = named(query, market, which)
  if (listing === undefined) return REFUSALS.symbol
  const interval = intervalOf(query.get('interval') ?? '', which)
  if (interval === undefined) return REFUSALS.interval
  const span = spanOf(query, which, { usual: 500, most: which === 'spot' ? 1000 : 1500 })
  if (isRefused(span)) return span
  const { start, end, limit } = span
  const reach = limit * interval.longestMs
  // A start before the listing gives the first bars there are.
  const begin = Math.max(start, market.firstOpen(listing, interval.longestMs))
  const to = Math.min(end, market.now(), start === -Infinity ? Infinity : begin + reach + interval.longestMs) + 1
  const from = start === -Infinity ? to - reach : start
  return ok(pageOf(interval.bars(market, listing, from, to), span).map((bar) => klineRow(listing, bar)))
}

export const klineRow = (listing: Listing, bar: SimCandle): readonly unknown[] => [
  bar.at,
  priceText(listing, bar.open),
  priceText(listing, bar.high),
  priceText(listing, bar.low),
  priceText(listing, bar.close),
  bar.units.toFixed(8),
  bar.at + bar.stepMs - 1,
  bar.quoteValue.toFixed(8),
  bar.trades,
  bar.takerBuyUnits.toFixed(8),
  bar.takerBuyQuoteValue.toFixed(8),
  '0',
]
