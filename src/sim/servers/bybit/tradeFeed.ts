import type { BookEvent } from '../../market/live/book.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Send } from '../door.ts'
import type { Feed } from './feed.ts'
import type { Topic } from './topics.ts'
import { lastDirection, tradeFields } from './trades.ts'

/** Trades in one message at most. */
const MOST = 1024

/** `publicTrade`: new trades at once, oldest first; nothing is ever repeated. */
export class TradeFeed implements Feed {
  readonly #send: Send
  readonly #market: VenueMarket
  readonly #waiting = new Map<string, unknown[]>()

  constructor(send: Send, market: VenueMarket) {
    this.#send = send
    this.#market = market
  }

  add({ listing }: Topic): void {
    this.#waiting.set(listing.name, [])
  }

  remove({ listing }: Topic): void {
    this.#waiting.delete(listing.name)
  }

  note(event: BookEvent): boolean {
    const rows = event.is === 'trade' ? this.#waiting.get(event.listing.name) : undefined
    if (rows === undefined || event.is !== 'trade') return false
    rows.push(tradeFields(event.listing, event.trade, lastDirection(this.#market.trades(event.listing))))
    return true
  }

  flush(now: number): void {
    for (const [symbol, rows] of this.#waiting) {
      while (rows.length > 0) {
        this.#send({ topic: `publicTrade.${symbol}`, type: 'snapshot', ts: now, data: rows.splice(0, MOST) })
      }
    }
  }

  tick(now: number): void {
    this.flush(now)
  }
}
