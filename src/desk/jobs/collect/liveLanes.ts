import type { Instrument } from '../../../records/instrument.ts'
import type { Feed } from '../../../sources/source.ts'
import { laneKey, laneOfFeed } from './lanes.ts'
import type { LaneNow } from './missing.ts'

/** How a feed stands: it brings everything since an instant of the venue's clock, it is not connected, or it cannot be read. */
export type Fed =
  | { readonly is: 'live'; readonly since: number }
  | { readonly is: 'down' }
  | { readonly is: 'unreadable' }

type Known = { readonly fed: Fed; readonly from: number }
type Named = Pick<Instrument, 'market' | 'instrument'>

/** How the lanes stand that feeds bring, and since when they are watched at all. */
export class LiveLanes {
  readonly #known = new Map<string, Known>()
  readonly #watchedSince = new Map<string, number>()
  /** Instruments whose first trade of a session is still to come. */
  readonly #fresh = new Set<string>()
  readonly #withoutFeedMs: number
  readonly #now: () => number

  /**
   * @param withoutFeedMs - a feed that is down for longer is done without
   * @param now - any steady clock, ms
   */
  constructor(withoutFeedMs: number, now: () => number = () => performance.now()) {
    this.#withoutFeedMs = withoutFeedMs
    this.#now = now
  }

  /** A feed of these instruments stands thus from now on. */
  set(feed: Feed, instruments: readonly Named[], fed: Fed): void {
    for (const kind of feed.kinds) {
      for (const { instrument } of instruments) {
        const key = laneKey(feed.market, laneOfFeed(kind), instrument)
        const known = this.#known.get(key)
        const from = known !== undefined && known.fed.is === fed.is ? known.from : this.#now()
        this.#known.set(key, { fed, from })
        if (fed.is !== 'live') continue
        if (!this.#watchedSince.has(key)) this.#watchedSince.set(key, fed.since)
        if (kind === 'trade') this.#fresh.add(laneKey(feed.market, instrument))
      }
    }
  }

  /** No feed brings these instruments any more. */
  forget(feed: Feed, instruments: readonly Named[]): void {
    for (const kind of feed.kinds) {
      for (const { instrument } of instruments) this.#known.delete(laneKey(feed.market, laneOfFeed(kind), instrument))
    }
  }

  /** What is known of a lane. */
  now(key: string): Omit<LaneNow, 'lost'> {
    return { feed: this.#feedOf(key), watchedSince: this.#watchedSince.get(key) }
  }

  /** Since when an instrument's trades come; undefined where they do not. */
  tradesSince({ market, instrument }: Named): number | undefined {
    const feed = this.#feedOf(laneKey(market, 'trade', instrument))
    return feed.is === 'live' ? feed.since : undefined
  }

  /** True for the first trade of an instrument after its feed came up. */
  isFirstTrade({ market, instrument }: Named): boolean {
    return this.#fresh.size > 0 && this.#fresh.delete(laneKey(market, instrument))
  }

  /** What a feed does not bring is asked for instead, but not for the sake of a short break. */
  #feedOf(key: string): LaneNow['feed'] {
    const known = this.#known.get(key)
    if (known === undefined) return { is: 'door' }
    if (known.fed.is === 'live') return known.fed
    if (known.fed.is === 'unreadable') return { is: 'instead' }
    return this.#now() - known.from > this.#withoutFeedMs ? { is: 'instead' } : { is: 'down' }
  }
}
