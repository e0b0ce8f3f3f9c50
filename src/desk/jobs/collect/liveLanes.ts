import type { Instrument } from '../../../records/instrument.ts'
import type { Feed } from '../../../sources/source.ts'
import { laneKey, laneOfFeed } from './lanes.ts'
import type { LaneNow } from './missing.ts'

/** How the lanes stand that feeds bring: since when they are live, or that they are down; and since when they are watched at all. */
export class LiveLanes {
  readonly #fed = new Map<string, number | 'down'>()
  readonly #watchedSince = new Map<string, number>()
  /** Instruments whose first trade of a session is still to come. */
  readonly #fresh = new Set<string>()

  /** A feed has come up, by the venue's clock, or gone down. */
  set(feed: Feed, instruments: readonly Instrument[], state: number | 'down'): void {
    for (const kind of feed.kinds) {
      for (const { instrument } of instruments) {
        const key = laneKey(feed.market, laneOfFeed(kind), instrument)
        this.#fed.set(key, state)
        if (state === 'down') continue
        if (!this.#watchedSince.has(key)) this.#watchedSince.set(key, state)
        if (kind === 'trade') this.#fresh.add(laneKey(feed.market, instrument))
      }
    }
  }

  /** What is known of a lane. */
  now(key: string): Omit<LaneNow, 'lost'> {
    const fed = this.#fed.get(key)
    return {
      feed: fed === undefined ? { is: 'door' } : fed === 'down' ? { is: 'down' } : { is: 'live', since: fed },
      watchedSince: this.#watchedSince.get(key),
    }
  }

  /** Since when an instrument's trades come; undefined where they do not. */
  tradesSince({ market, instrument }: Pick<Instrument, 'market' | 'instrument'>): number | undefined {
    const { feed } = this.now(laneKey(market, 'trade', instrument))
    return feed.is === 'live' ? feed.since : undefined
  }

  /** True for the first trade of an instrument after its feed came up. */
  isFirstTrade({ market, instrument }: Pick<Instrument, 'market' | 'instrument'>): boolean {
    return this.#fresh.delete(laneKey(market, instrument))
  }
}
