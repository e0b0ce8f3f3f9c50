import type { SimTrade } from '../../market/live/book.ts'
import { lotsText, priceText, type Listing } from '../../market/live/listing.ts'
import { limitOf, listingDoor, namedCategoryDoor } from './doors.ts'
import { answered, invalid } from './envelope.ts'
import { crossSequence, tradeId } from './ids.ts'

const sideOf = ({ takerBuy }: SimTrade): 'Buy' | 'Sell' => (takerBuy ? 'Buy' : 'Sell')

/** GET /v5/market/recent-trade: the newest rows, newest first, and no way to older ones. */
export const recentTrades = namedCategoryDoor(
  listingDoor(({ query, market, listing, category }) => {
    const limit = limitOf(query, category === 'spot' ? { usual: 60, most: 60 } : { usual: 500, most: 1000 })
    if (limit === undefined) return invalid(market, 'limit')
    const newest = market.trades(listing).slice(-limit).toReversed()
    return answered(market, { category, list: newest.map((trade) => tradeRow(listing, trade)) })
  }),
)

/** A trade as REST tells it; `seq` is text here. */
const tradeRow = (listing: Listing, trade: SimTrade): unknown => ({
  execId: tradeId(listing, trade),
  symbol: listing.name,
  price: priceText(listing, trade.price),
  size: lotsText(listing, trade.lots),
  side: sideOf(trade),
  time: String(trade.at),
  isBlockTrade: false,
  isRPITrade: false,
  seq: String(crossSequence(trade)),
})

/** A trade as the socket tells it; `seq` is a number, and contracts have a direction. */
export const tradeFields = (listing: Listing, trade: SimTrade, direction: TickDirection): unknown => ({
  T: trade.at,
  s: listing.name,
  S: sideOf(trade),
  v: lotsText(listing, trade.lots),
  p: priceText(listing, trade.price),
  ...(listing.market === 'perp' ? { L: direction } : {}),
  i: tradeId(listing, trade),
  BT: false,
  RPI: false,
  seq: crossSequence(trade),
})

export type TickDirection = 'PlusTick' | 'ZeroPlusTick' | 'MinusTick' | 'ZeroMinusTick'

/** Which way the last trade's price went, or last went where it did not move. */
export function lastDirection(trades: readonly SimTrade[]): TickDirection {
  const last = trades.at(-1)?.price
  for (let i = trades.length - 2; i >= 0; i--) {
    const { price } = trades[i] as SimTrade
    if (last === undefined || price === last) continue
    const moved = i === trades.length - 2
    if (last > price) return moved ? 'PlusTick' : 'ZeroPlusTick'
    return moved ? 'MinusTick' : 'ZeroMinusTick'
  }
  return 'ZeroPlusTick'
}
