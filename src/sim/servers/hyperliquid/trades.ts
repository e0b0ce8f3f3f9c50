import type { SimTrade } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'
import { decimalText } from './decimalText.ts'

/** One trade in so many is a slice of an order spread over time: its hash is all zero. */
const ZERO_HASH_EACH = 16
const ZERO_HASH = `0x${'0'.repeat(64)}`

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

/** A trade's id: 50 bits, and of no order. */
export const tidOf = (listing: Listing, { seq }: SimTrade): number => bits50(listing, seq, 1)

/** The id of one of the two orders of a trade. */
export const orderIdOf = (listing: Listing, { seq }: SimTrade, side: 'A' | 'B'): number =>
  bits50(listing, seq, side === 'A' ? 2 : 3)

/** The transaction that a trade was part of. */
export function hashOf(listing: Listing, { seq }: SimTrade): string {
  if (seq % ZERO_HASH_EACH === 0) return ZERO_HASH
  let hex = '0x'
  for (let i = 0; i < 8; i++)
    hex += word(listing, seq, 4 + i)
      .toString(16)
      .padStart(8, '0')
  return hex
}

const bits50 = (listing: Listing, seq: number, which: number): number =>
  (word(listing, seq, which) >>> 7) * 2 ** 25 + (word(listing, seq, which + 100) >>> 7)

/** 32 bits that are the same for the same trade of the same coin. */
function word({ name }: Listing, seq: number, which: number): number {
  let bits = Math.imul(which, 0x9e37_79b9)
  for (let i = 0; i < name.length; i++) bits = Math.imul(bits ^ name.charCodeAt(i), 0x0100_0193)
  bits = Math.imul(bits + seq, 0x85eb_ca6b)
  bits = Math.imul(bits ^ (bits >>> 15), 0xc2b2_ae35)
  bits = Math.imul(bits ^ (bits >>> 13), 0x27d4_eb2f)
  return (bits ^ (bits >>> 16)) >>> 0
}
