import type { Coverage } from '../../../records/coverage.ts'
import type { Trader } from '../../../sources/source.ts'
import { LiveFeed, type FeedState } from './liveFeed.ts'
import { shardsOf } from './shards.ts'
import type { VenueTools } from './venueTools.ts'

export interface VenueFeedsOptions extends VenueTools {
  /** How busy other venues are now against their usual. */
  readonly others: () => number
  readonly onTraders: (traders: readonly Trader[]) => void
  /** Told when a feed has come up: what came before must be asked for. */
  readonly onUp: () => void
}

/** The connections of a venue. */
export class VenueFeeds {
  readonly #options: VenueFeedsOptions
  #feeds: readonly LiveFeed[] = []

  constructor(options: VenueFeedsOptions) {
    this.#options = options
  }

  states(): readonly FeedState[] {
    return this.#feeds.map((feed) => feed.state())
  }

  /** The pace of each feed against its usual, for other venues to compare with. */
  busyness(): readonly number[] {
    return this.#feeds.map((feed) => feed.busyness()).filter((share) => !Number.isNaN(share))
  }

  /** What is covered by the messages handed over so far. */
  covered(): readonly Coverage[] {
    return this.#feeds.flatMap((feed) => feed.covered())
  }

  /** Makes the feeds of the instruments that are collected now. */
  make(): void {
    const { source, instruments } = this.#options
    this.#feeds = source.feeds.flatMap((feed) => {
      const covered = instruments.chosen.filter((each) => each.market === feed.market && feed.covers(each))
      return shardsOf(feed, covered).map((members, shard) => this.#makeFeed(feed, shard, members))
    })
  }

  /** Runs until the link's signal. */
  async run(): Promise<void> {
    await Promise.all(this.#feeds.map((feed) => feed.run()))
  }

  #makeFeed(...[feed, shard, members]: Made): LiveFeed {
    const { link, others, instruments, intake, lanes, onTraders, onUp, report } = this.#options
    lanes.set(feed, members, 'down')
    return new LiveFeed({
      feed,
      shard,
      instruments: members,
      link,
      others,
      context: instruments.context,
      take: (mapped) => intake.live(mapped),
      onTraders,
      onUp: (since) => {
        lanes.set(feed, members, since)
        onUp()
      },
      onDown: (why) => {
        lanes.set(feed, members, 'down')
        report(feed.id, why)
      },
    })
  }
}

type Made = readonly [
  feed: VenueTools['source']['feeds'][number],
  shard: number,
  members: VenueTools['instruments']['chosen'],
]
