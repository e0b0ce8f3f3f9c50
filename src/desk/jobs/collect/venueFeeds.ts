import { pause } from '../../../net/pause.ts'
import type { Coverage } from '../../../records/coverage.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { Feed, MappedRow, Trader } from '../../../sources/source.ts'
import { CountedTrades } from './countedTrades.ts'
import { EventLag } from './eventLag.ts'
import { FeedSilentError, LiveFeed, type FeedState } from './liveFeed.ts'
import type { Fed } from './liveLanes.ts'
import type { Pace } from './pace.ts'
import { shardsOf } from './shards.ts'
import type { VenueTools } from './venueTools.ts'

export interface VenueFeedsOptions extends VenueTools {
  readonly pace: Pace
  /** How busy other venues are now against their usual. */
  readonly others: () => number
  readonly onTraders: (traders: readonly Trader[]) => void
  /** Told when a feed has come up: what came before must be asked for. */
  readonly onUp: () => void
  /** Told that the venue refused to bring something: the listing may have changed. */
  readonly onRefused: (what: string) => void
}

/** Connections more than are needed that are borne, before all of a feed are made anew. */
const SPARE = 2
/** How often it is looked whether connections are live. */
const SETTLE_LOOK_MS = 20

/** The connections of a venue, which follow what is collected. */
export class VenueFeeds {
  readonly #options: VenueFeedsOptions
  readonly #shards = new Map<Feed, number>()
  readonly #runs = new Set<Promise<void>>()
  readonly #lag = new EventLag()
  readonly #counted = new CountedTrades()
  #feeds: readonly LiveFeed[] = []

  constructor(options: VenueFeedsOptions) {
    this.#options = options
  }

  states(): readonly FeedState[] {
    return this.#feeds.map((feed) => feed.state())
  }

  /** How old trades are when they are received, ms, lately; NaN where none came. */
  lagMs(): number {
    return this.#lag.medianMs()
  }

  /** The pace of each feed against its usual, for other venues to compare with. */
  busyness(): readonly number[] {
    return this.#feeds.map((feed) => feed.busyness()).filter((share) => !Number.isNaN(share))
  }

  /** What the venue shows of its instruments: where one traded, its feed must have brought that. */
  shown(rows: readonly MappedRow[], askedAt: number): void {
    for (const { market, instrument, since } of this.#counted.see(rows, askedAt)) {
      const brings = ({ feed, members }: LiveFeed): boolean =>
        feed.market === market && feed.kinds.includes('trade') && members.some((each) => each.instrument === instrument)
      this.#feeds.find(brings)?.counted(since)
    }
  }

  /** What is covered by the messages handed over so far. */
  covered(): readonly Coverage[] {
    return this.#feeds.flatMap((feed) => feed.covered())
  }

  /**
   * Brings the instruments that are collected now, and no others. What goes on is not interrupted.
   * @param isMeant - of which feeds; all unless said
   */
  follow(isMeant: (feed: Feed) => boolean = () => true): void {
    const { source, instruments } = this.#options
    for (const feed of source.feeds.filter(isMeant)) {
      const wanted = instruments.chosen.filter((each) => each.market === feed.market && feed.covers(each))
      this.#drop(feed, wanted)
      if (this.#of(feed).length > shardsOf(feed, wanted).length + SPARE) this.#drop(feed, [])
      this.#add(feed, wanted)
    }
  }

  /** Resolves when all its connections are live, or after so long. */
  async settle(mostMs: number): Promise<void> {
    const { signal } = this.#options.link
    const until = performance.now() + mostMs
    while (!this.#feeds.every(({ isLive }) => isLive) && performance.now() < until && !signal.aborted) {
      await pause(SETTLE_LOOK_MS, signal).catch(() => undefined)
    }
  }

  /** Runs until the link's signal. */
  async run(): Promise<void> {
    const { signal } = this.#options.link
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
    await Promise.all(this.#runs)
  }

  #of(feed: Feed): readonly LiveFeed[] {
    return this.#feeds.filter((each) => each.feed === feed)
  }

  #drop(feed: Feed, wanted: readonly Instrument[]): void {
    const names = new Set(namesOf(wanted))
    for (const each of this.#of(feed)) {
      const gone = each.members.filter(({ instrument }) => !names.has(instrument))
      each.drop(new Set(namesOf(gone)))
      this.#options.lanes.forget(feed, gone)
    }
    this.#feeds = this.#feeds.filter(({ members }) => members.length > 0)
  }

  #add(feed: Feed, wanted: readonly Instrument[]): void {
    const [first, ...others] = this.#of(feed)
    const held = new Set(namesOf([first, ...others].flatMap((each) => each?.members ?? [])))
    const fresh = wanted.filter(({ instrument }) => !held.has(instrument))
    if (first !== undefined && fresh.every((each) => feed.topics(each).length === 0)) return first.join(fresh)
    for (const members of shardsOf(feed, fresh)) this.#start(feed, members)
  }

  #start(feed: Feed, members: readonly Instrument[]): void {
    const shard = this.#shards.get(feed) ?? 0
    this.#shards.set(feed, shard + 1)
    const made = this.#make(feed, shard, members)
    this.#feeds = [...this.#feeds, made]
    const run = made.run().finally(() => {
      this.#runs.delete(run)
      this.#options.coverage.put(...made.covered())
      this.#feeds = this.#feeds.filter((each) => each !== made)
    })
    this.#runs.add(run)
  }

  #make(feed: Feed, shard: number, members: readonly Instrument[]): LiveFeed {
    const { link, pace, others, instruments, intake, lanes, onTraders, onUp, onRefused, report } = this.#options
    lanes.set(feed, members, { is: 'down' })
    const stands = (fed: Fed): void => lanes.set(feed, made.members, fed)
    const made: LiveFeed = new LiveFeed({
      feed,
      shard,
      instruments: members,
      link,
      pace,
      others,
      context: instruments.context,
      lag: this.#lag,
      take: (mapped) => intake.live(mapped).faults,
      room: () => intake.room(),
      onTraders,
      onOpen: () => intake.forget(feed.market, namesOf(made.members)),
      onUp: (since) => {
        stands({ is: 'live', since })
        onUp()
      },
      onUnreadable: () => stands({ is: 'unreadable' }),
      onDown: (why, was) => {
        stands({ is: 'down' })
        report(feed.id, why)
        if (why instanceof FeedSilentError && why.is === 'now') {
          for (const each of this.#feeds) if (each !== made) each.doubt(made.name)
        }
        // Some venues end a connection that asks for what they do not list, without a word.
        if (was === 'never live') onRefused(`${feed.id} ${namesOf(made.members).join()}`)
      },
      onRefused: (refused, why) => {
        lanes.forget(feed, [refused])
        report(`${feed.id} ${refused.instrument}`, why)
        onRefused(`${feed.market} ${refused.instrument}`)
      },
    })
    return made
  }
}

const namesOf = (instruments: readonly Instrument[]): readonly string[] =>
  instruments.map(({ instrument }) => instrument)
