import { DAY_MS } from '../../../core/instant.ts'
import type { SimTrade } from '../../market/live/book.ts'
import { lotsText, priceText, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { numberOf, ok } from '../answers.ts'
import type { Answer, Ask } from '../door.ts'
import { firstIndex } from '../firstIndex.ts'
import { forContract, forPair } from './asked.ts'
import { limitOf } from './candles.ts'
import { isWrong, success } from './envelope.ts'
import { isBeforeId, tradeId } from './tradeId.ts'

/** How far back history goes: spot by its page; contracts by the newer of two pages, the older says 7 days. */
const REACH_MS: Readonly<Record<Listing['market'], number>> = { spot: 30 * DAY_MS, perp: 90 * DAY_MS }
const WINDOW_MS = 7 * DAY_MS

/** The newest trades, at most a hundred, newest first; there is no going back from there. */
export const spotFills = (ask: Ask, market: VenueMarket): Answer =>
  forPair(ask, market, (listing) => success(market, newest(ask, market, listing)))

/** The one door whose time of answering is documented as text. */
export const mixFills = (ask: Ask, market: VenueMarket): Answer =>
  forContract(ask, market, (listing) =>
    ok({ code: '00000', data: newest(ask, market, listing), msg: 'success', requestTime: String(market.now()) }),
  )

/** Older trades, by falling id: those below `idLessThan`, or within times at most seven days apart. */
export const spotFillsHistory = (ask: Ask, market: VenueMarket): Answer =>
  forPair(ask, market, (listing) => history(ask, market, listing))

export const mixFillsHistory = (ask: Ask, market: VenueMarket): Answer =>
  forContract(ask, market, (listing) => history(ask, market, listing))

/** The newest trades as a channel tells them: newest first. */
export const newestTrades = (
  market: VenueMarket,
  listing: Listing,
  count: number,
  rowOf: typeof tradeRow,
): readonly unknown[] =>
  market
    .trades(listing)
    .slice(-count)
    .toReversed()
    .map((trade) => rowOf(listing, trade))

/** A trade as a channel tells it; the side is the taker's. */
export const tradeRow = (listing: Listing, trade: SimTrade): object => ({
  ts: String(trade.at),
  price: priceText(listing, trade.price),
  size: lotsText(listing, trade.lots),
  side: trade.takerBuy ? 'buy' : 'sell',
  tradeId: tradeId(trade),
})

/** The same as the sockets of the third generation tell it; what `L` links is not documented. */
export const publicTradeRow = (listing: Listing, trade: SimTrade): object => ({
  p: priceText(listing, trade.price),
  S: trade.takerBuy ? 'buy' : 'sell',
  T: String(trade.at),
  v: lotsText(listing, trade.lots),
  i: tradeId(trade),
  L: tradeId(trade),
  isRPI: 'no',
})

const newest = ({ query }: Ask, market: VenueMarket, listing: Listing): readonly unknown[] =>
  market
    .trades(listing)
    .slice(-limitOf(query, 100))
    .toReversed()
    .map((trade) => ({ symbol: listing.name, ...tradeRow(listing, trade) }))

function history({ query }: Ask, market: VenueMarket, listing: Listing): Answer {
  const [start, end] = [numberOf(query, 'startTime', NaN), numberOf(query, 'endTime', NaN)]
  if (end - start > WINDOW_MS) return isWrong(market, 'startTime')
  const below = query.get('idLessThan') ?? ''
  if (!/^\d*$/.test(below)) return isWrong(market, 'idLessThan')
  const trades = market.trades(listing)
  const oldest = Math.max(market.now() - REACH_MS[listing.market], Number.isNaN(start) ? -Infinity : start)
  const first = firstIndex(trades, ({ at }) => at < oldest)
  const byTime = Number.isNaN(end) ? trades.length : firstIndex(trades, ({ at }) => at <= end)
  const byId = below === '' ? trades.length : firstIndex(trades, isBeforeId(BigInt(below)))
  const last = Math.min(byTime, byId)
  const rows = trades.slice(Math.max(first, last - limitOf(query, 1000, 500)), Math.max(first, last))
  return success(
    market,
    rows.toReversed().map((trade) => historyRow(listing, trade)),
  )
}

/** Here times are cut to whole seconds and sides begin with a capital. */
const historyRow = (listing: Listing, trade: SimTrade): object => ({
  symbol: listing.name,
  ...tradeRow(listing, trade),
  side: trade.takerBuy ? 'Buy' : 'Sell',
  ts: String(Math.floor(trade.at / 1000) * 1000),
})
