import type { BookEvent } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Send } from '../door.ts'
import type { Feed } from './feed.ts'
import { crossSequence } from './ids.ts'
import { dayOf, socketFields, type Day, type TickerFields } from './tickers.ts'
import type { Topic } from './topics.ts'

interface Watched {
  readonly listing: Listing
  day: Day
  sent: TickerFields
  hasChanged: boolean
}

/**
 * `tickers`: a snapshot first; then of contracts what has changed, of spot the whole again. Trades move it at once, and
 * the day behind it is counted anew every second.
 */
export class TickerFeed implements Feed {
  readonly #send: Send
  readonly #market: VenueMarket
  readonly #pushMs: number
  readonly #watched = new Map<string, Watched>()
  #pushed = 0

  /** @param pushMs - messages of a symbol are no closer than this */
  constructor(send: Send, market: VenueMarket, pushMs: number) {
    this.#send = send
    this.#market = market
    this.#pushMs = pushMs
  }

  add({ listing }: Topic): void {
    const day = dayOf(listing, this.#market)
    const sent = socketFields(listing, this.#market, day)
    this.#watched.set(listing.name, { listing, day, sent, hasChanged: false })
    this.#push(listing, 'snapshot', sent)
  }

  remove({ listing }: Topic): void {
    this.#watched.delete(listing.name)
  }

  note(event: BookEvent): boolean {
    const watched = this.#watched.get(event.listing.name)
    if (watched === undefined) return false
    watched.hasChanged = true
    return true
  }

  flush(now: number): void {
    const push = Math.floor(now / this.#pushMs)
    if (push === this.#pushed) return
    this.#pushed = push
    for (const watched of this.#watched.values()) if (watched.hasChanged) this.#tell(watched)
  }

  tick(): void {
    for (const watched of this.#watched.values()) {
      const { listing } = watched
      // What was taken off the list falls silent.
      if (this.#market.listing(listing.market, listing.name) === undefined) continue
      watched.day = dayOf(listing, this.#market)
      this.#tell(watched)
    }
  }

  #tell(watched: Watched): void {
    const { listing, day, sent } = watched
    watched.hasChanged = false
    const fields = socketFields(listing, this.#market, day)
    const changed = Object.entries(fields).filter(([name, value]) => sent[name] !== value)
    if (changed.length === 0) return
    watched.sent = fields
    if (listing.market === 'spot') this.#push(listing, 'snapshot', fields)
    else this.#push(listing, 'delta', { symbol: listing.name, ...Object.fromEntries(changed) })
  }

  #push(listing: Listing, type: 'snapshot' | 'delta', data: TickerFields): void {
    const trade = this.#market.trades(listing).at(-1)
    const cs = trade === undefined ? 0 : crossSequence(trade)
    this.#send({ topic: `tickers.${listing.name}`, type, data, cs, ts: this.#market.now() })
  }
}
