import type { SimTrade } from '../../market/live/book.ts'
import { lotsText, type Listing } from '../../market/live/listing.ts'
import { ok } from '../answers.ts'
import type { Answer } from '../door.ts'
import { firstIndex } from '../firstIndex.ts'
import { contractOf, isRefused, pageOf, pairOf, spanOf, whole, type Asked, type Page } from './asked.ts'
import { fraction, tradeNumber } from './ids.ts'
import { badParameter } from './refusals.ts'
import { decimal, price, seconds, size, type SizeForm } from './written.ts'

/** How far pages of spot's trades reach. */
const REACH = 100_000
const USUAL_DAYS_MS = 30 * 86_400_000

/** Spot's trades, newest first: of a stretch of time by `page`, or from `last_id` on in either direction. */
export function spotTrades(asked: Asked): Answer {
  const listing = pairOf(asked)
  if (isRefused(listing)) return listing
  const page = spotPage(asked.query)
  if (isRefused(page)) return page
  const found = asked.query.has('last_id') ? beside(asked, listing, page) : inside(asked, listing, page)
  return isRefused(found) ? found : ok(found.map((trade) => spotRow(listing, trade)))
}

/** A contract's trades, newest first: of a stretch of time by `offset`, or those before `last_id`. */
export function contractTrades(asked: Asked): Answer {
  const listing = contractOf(asked)
  if (isRefused(listing)) return listing
  const page = pageOf(asked.query, 100)
  if (isRefused(page)) return page
  const found = asked.query.has('last_id') ? below(asked, listing, page) : inside(asked, listing, page)
  return isRefused(found) ? found : ok(found.map((trade) => contractRow(listing, trade, asked.sizes)))
}

function spotPage(query: URLSearchParams): Page | Answer {
  const page = pageOf(query, 100)
  if (isRefused(page)) return page
  const number = whole(query, 'page', 1)
  const offset = page.limit * (number - 1)
  return number >= 1 && offset <= REACH ? { ...page, offset } : badParameter('page', query.get('page'))
}

function inside({ query, market }: Asked, listing: Listing, page: Page): readonly SimTrade[] | Answer {
  const span = spanOf(query)
  if (isRefused(span)) return span
  const trades = market.trades(listing)
  const from = span.from === -Infinity ? market.now() - USUAL_DAYS_MS : span.from
  return newest(
    trades,
    firstIndex(trades, ({ at }) => at < from),
    firstIndex(trades, ({ at }) => at <= span.to),
    page,
  )
}

/** The trades next to an id: above it, or below where `reverse` says so. */
function beside(asked: Asked, listing: Listing, page: Page): readonly SimTrade[] | Answer {
  if (asked.query.get('reverse') === 'true') return below(asked, listing, page)
  const id = whole(asked.query, 'last_id', NaN)
  if (Number.isNaN(id)) return badParameter('last_id', asked.query.get('last_id'))
  const trades = asked.market.trades(listing)
  const first = firstIndex(trades, (trade) => tradeNumber(listing, trade) <= id)
  return trades.slice(first, first + page.limit).toReversed()
}

function below({ query, market }: Asked, listing: Listing, page: Page): readonly SimTrade[] | Answer {
  const id = whole(query, 'last_id', NaN)
  if (Number.isNaN(id)) return badParameter('last_id', query.get('last_id'))
  const trades = market.trades(listing)
  return newest(
    trades,
    0,
    firstIndex(trades, (trade) => tradeNumber(listing, trade) < id),
    page,
  )
}

const newest = (
  trades: readonly SimTrade[],
  first: number,
  end: number,
  { limit, offset }: Page,
): readonly SimTrade[] =>
  trades.slice(Math.max(first, end - offset - limit), Math.max(first, end - offset)).toReversed()

const spotRow = (listing: Listing, trade: SimTrade) => ({
  id: String(tradeNumber(listing, trade)),
  create_time: String(seconds(trade.at)),
  create_time_ms: `${trade.at}.${fraction(trade)}00`,
  currency_pair: listing.name,
  side: trade.takerBuy ? 'buy' : 'sell',
  amount: lotsText(listing, trade.lots),
  price: price(listing, trade.price),
  sequence_id: String(trade.seq),
  deal: decimal(trade.lots * listing.lot * trade.price, 12),
})

/** The time in milliseconds is one in seconds here, whatever its name says. */
const contractRow = (listing: Listing, trade: SimTrade, form: SizeForm) => ({
  id: tradeNumber(listing, trade),
  create_time: seconds(trade.at),
  create_time_ms: trade.at / 1000,
  contract: listing.name,
  size: signed(trade, form),
  price: price(listing, trade.price),
})

/** Over 0 where the taker bought. */
export const signed = ({ lots, takerBuy }: SimTrade, form: SizeForm): string | number =>
  size(takerBuy ? lots : -lots, form)
