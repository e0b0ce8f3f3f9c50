import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Send } from '../door.ts'
import { barsOf } from './bars.ts'
import { candleMessage } from './candles.ts'
import type { Feed } from './feed.ts'
import type { Interval } from './intervals.ts'
import type { Topic } from './topics.ts'

interface Watched {
  readonly topic: Topic
  readonly interval: { readonly name: string; readonly is: Interval }
  /** Open of the bar that runs. */
  running: number
}

/** `kline`: the running bar every second, and once more when it is closed. */
export class CandleFeed implements Feed {
  readonly #send: Send
  readonly #market: VenueMarket
  readonly #watched = new Map<string, Watched>()

  constructor(send: Send, market: VenueMarket) {
    this.#send = send
    this.#market = market
  }

  add(topic: Topic): void {
    const { interval } = topic
    if (interval === undefined) return
    this.#watched.set(topic.name, { topic, interval, running: interval.is.opens(this.#market.now()) })
  }

  remove({ name }: Topic): void {
    this.#watched.delete(name)
  }

  note(): boolean {
    return false
  }

  flush(): void {
    // By the clock alone.
  }

  tick(now: number): void {
    for (const watched of this.#watched.values()) {
      const { listing } = watched.topic
      // What was taken off the list falls silent.
      if (this.#market.listing(listing.market, listing.name) !== undefined) this.#tell(watched, now)
    }
  }

  #tell(watched: Watched, now: number): void {
    const { topic, interval, running } = watched
    for (const bar of barsOf(this.#market, topic.listing, interval.is, { from: running, to: now })) {
      watched.running = bar.at
      const end = interval.is.next(bar.at) - 1
      const lastTradeAt = this.#lastTradeIn(topic, bar.at, end)
      const about = { listing: topic.listing, topic: topic.name, interval: interval.name }
      this.#send(candleMessage(bar, { ...about, end, confirm: end < now, lastTradeAt, now }))
    }
  }

  #lastTradeIn({ listing }: Topic, from: number, end: number): number {
    const trades = this.#market.trades(listing)
    for (let i = trades.length - 1; i >= 0; i--) {
      const at = trades[i]?.at ?? from
      if (at <= end) return Math.max(at, from)
    }
    return from
  }
}
