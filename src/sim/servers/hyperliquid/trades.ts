import type { SimTrade } from '../../market/live/book.ts'
import { type Listing } from '../../market/live/listing.ts'
import { digestDigits } from '../answers.ts'
import { decimalText } from './decimalText.ts'

/** One trade in so many is a slice of an order spread over time: its hash is all zero. */
const ZERO_HASH_EACH = 16

/** A public trade. `side` is the taker's, `users` are buyer and seller; nothing marks a liquidation. */
export const tradeRow = (listing: Listing, trade: SimTrade): unknown => ({
  coin: listing.name,
  side: trade.takerBuy ? 'B' : 'A',
  px: decimalText(trade.price, listing.priceDecimals),
  sz: sizeText(listing, trade.lots),
  time: trade.at,
  hash: hashOf(listing, trade),
  tid: tidOf(listing, trade),
  users: trade.takerBuy ? [trade.taker, trade.maker] : [trade.maker, trade.taker],
})

/** So many lots in coins. */
export const sizeText = (listing: Listing, lots: number): string => decimalText(lots * listing.lot, listing.lotDecimals)

/** A trade's id: below 2^50, and of no order. */
export const tidOf = (listing: Listing, { seq }: SimTrade): number => Number(digestDigits(`${listing.name}/${seq}`, 15))

/** The id of one of the two orders of a trade. */
export const orderIdOf = (listing: Listing, { seq }: SimTrade, side: 'A' | 'B'): number =>
  Number(digestDigits(`${listing.name}/${seq}/${side}`, 12))

/** The transaction that a trade was part of. */
export function hashOf(listing: Listing, { seq }: SimTrade): string {
  if (seq % ZERO_HASH_EACH === 0) return `0x${'0'.repeat(64)}`
  const digits = digestDigits(`${listing.name}/${seq}/hash`, 64)
  return `0x${Array.from(digits, (digit, i) => ((Number(digit) + i * 7 + seq) % 16).toString(16)).join('')}`
}
