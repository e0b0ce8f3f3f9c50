import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { numberOf, ok } from '../answers.ts'
import type { Answer, Ask } from '../door.ts'
import { firstIndex } from '../firstIndex.ts'
import { isRefused, named, pageOf, spanOf, type Which } from './asked.ts'
import { aggregateId } from './ids.ts'
import { DAY, HOUR } from './intervals.ts'
import { aggTradeFields } from './messages.ts'
import { REFUSALS } from './refusals.ts'

/** Aggregates, oldest first: from an id on, or in a stretch of time, or the newest. Futures keep them for a day. */
export function aggTrades({ query }: Ask, market: VenueMarket, which: Which): Answer {
  const listing = named(query, market, which)
  if (listing === undefined) return REFUSALS.symbol
  const span = spanOf(query, which, { usual: 500, most: 1000 })
  if (isRefused(span)) return span
  const { start, end, limit } = span
  // "Less than 1 hour" is the document's word, "more than 1 hours" the error's: an hour to the millisecond passes here.
  if (which === 'perp' && Number.isFinite(start) && Number.isFinite(end) && end - start > HOUR) return REFUSALS.window
  const all = market.trades(listing)
  const oldest = which === 'perp' ? market.now() - DAY : -Infinity
  const kept = all.slice(firstIndex(all, ({ at }) => at < oldest))
  const id = numberOf(query, 'fromId', NaN)
  const first = firstIndex(kept, (trade) => (Number.isNaN(id) ? trade.at < start : aggregateId(listing, trade) < id))
  const found = kept.slice(first, Number.isNaN(id) ? firstIndex(kept, ({ at }) => at <= end) : first + limit)
  const page = Number.isNaN(id) ? pageOf(found, span) : found
  return ok(page.map((trade) => aggTradeFields(listing, trade)))
}
