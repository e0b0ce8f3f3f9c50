import { createHash } from 'node:crypto'
import type { SimTrade } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'

/** Where the venue's cross sequence stands before a book's first trade. */
const FIRST_SEQUENCE = 9_532_239_000

/**
 * The id of a trade, the same over REST and on the socket: of contracts a UUID, which has no order; of spot a long
 * number, which rises and leaves numbers out.
 */
export const tradeId = (listing: Listing, trade: SimTrade): string =>
  listing.market === 'spot'
    ? `2290000000${String(trade.firstFill).padStart(9, '0')}`
    : uuidOf(`${listing.name}/${trade.seq}/${trade.at}`)

/** The cross sequence of a trade: it rises and leaves numbers out. */
export const crossSequence = ({ firstFill }: SimTrade): number => FIRST_SEQUENCE + 2 * firstFill

/** A UUID of the fifth version, the same for the same text. */
function uuidOf(text: string): string {
  const hex = createHash('sha1').update(text).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    variant + hex.slice(18, 20),
    hex.slice(20, 32),
  ].join('-')
}
