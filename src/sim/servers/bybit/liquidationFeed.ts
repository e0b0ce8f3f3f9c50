import type { BookEvent, SimLiquidation } from '../../market/live/book.ts'
import { lotsText, priceText, type Listing } from '../../market/live/listing.ts'
import type { Send } from '../door.ts'
import type { Feed } from './feed.ts'
import type { Topic } from './topics.ts'

const PUSH_MS = 500

/** `allLiquidation`: every liquidation of a symbol, gathered for half a second. */
export class LiquidationFeed implements Feed {
  readonly #send: Send
  readonly #waiting = new Map<string, unknown[]>()
  #pushed = 0

  constructor(send: Send) {
    this.#send = send
  }

  add({ listing }: Topic): void {
    this.#waiting.set(listing.name, [])
  }

  remove({ listing }: Topic): void {
    this.#waiting.delete(listing.name)
  }

  note(event: BookEvent): boolean {
    if (this.#waiting.size === 0) return false
    if (event.is === 'liquidation') {
      this.#waiting.get(event.listing.name)?.push(liquidationFields(event.listing, event.liquidation))
    }
    return true
  }

  flush(now: number): void {
    const push = Math.floor(now / PUSH_MS)
    if (push === this.#pushed) return
    this.#pushed = push
    for (const [symbol, rows] of this.#waiting) {
      if (rows.length === 0) continue
      this.#send({ topic: `allLiquidation.${symbol}`, type: 'snapshot', ts: now, data: rows.splice(0) })
    }
  }

  tick(now: number): void {
    this.flush(now)
  }
}

/** `S` is the side of the position, Buy of a long; `p` is the price at which its margin is gone. */
const liquidationFields = (listing: Listing, { at, position, lots, bankruptcyPrice }: SimLiquidation): unknown => ({
  T: at,
  s: listing.name,
  S: position === 'long' ? 'Buy' : 'Sell',
  v: lotsText(listing, lots),
  p: priceText(listing, bankruptcyPrice),
})
