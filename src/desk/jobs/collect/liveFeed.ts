import type { Coverage } from '../../../records/coverage.ts'
import type { Instrument } from '../../../records/instrument.ts'
import { backOff } from '../../../net/retry.ts'
import { openSocket, SocketFailedError, type SocketConnection } from '../../../net/socketMessages.ts'
import { pause } from '../../../net/pause.ts'
import type { Feed, MapContext, Mapped, Trader } from '../../../sources/source.ts'
import { laneOfFeed } from './lanes.ts'
import { EventRate, toleratedSilenceMs } from './silence.ts'
import type { VenueLink } from './venueLink.ts'

/** What a feed tells of itself. */
export interface FeedState {
  readonly id: string
  /** `connecting`, `live`, or why it waits. */
  readonly state: string
  readonly perSecond: number
  readonly sessions: number
}

export interface LiveFeedOptions {
  readonly feed: Feed
  readonly shard: number
  readonly instruments: readonly Instrument[]
  readonly link: VenueLink
  readonly context: () => MapContext
  /** Takes what came; resolves when there is room for more. */
  readonly take: (mapped: Mapped) => Promise<void>
  /** Told who traded, where a venue says so. */
  readonly onTraders: (traders: readonly Trader[]) => void
  /** Told when a session has begun, by the venue's clock: what came between the one before and it must be asked for. */
  readonly onUp: (since: number) => void
  readonly onDown: (why: string) => void
  /** How busy other venues are now against their usual. */
  readonly others: () => number
}

interface Session {
  readonly since: number
  /** When the last message with rows was read, by the steady clock. */
  lastRowAt: number
  /** Time of the latest event that was read, by the venue's clock: what happened before it has come, but for `lateMs`. */
  lastEventAt: number
}

/** How often it is looked whether a feed has fallen silent. */
const LOOK_MS = 250
/** Subscriptions not acknowledged after this are given up. */
const ACKNOWLEDGE_MS = 15_000

/** One connection's worth of a feed, kept alive: it connects, subscribes, reads, and begins again when it must. */
export class LiveFeed {
  readonly #options: LiveFeedOptions
  readonly #rate = new EventRate()
  #session: Session | undefined
  #state = 'connecting'
  #sessions = 0
  #ended: readonly Coverage[] = []

  constructor(options: LiveFeedOptions) {
    this.#options = options
  }

  get name(): string {
    return `${this.#options.feed.id}/${this.#options.shard}`
  }

  /** The pace of the last seconds against the usual. */
  busyness(): number {
    return this.#rate.busyness()
  }

  state(): FeedState {
    return { id: this.name, state: this.#state, perSecond: this.#rate.perSecond(), sessions: this.#sessions }
  }

  /** Runs until the link's signal; never throws for what a venue does. */
  async run(): Promise<void> {
    const { link } = this.#options
    for (let failures = 0; !link.signal.aborted;) {
      const began = performance.now()
      const why = await this.#once().catch((error: unknown) => error)
      this.#close(link.signal.aborted ? 'stopped' : sayReason(why))
      if (link.signal.aborted) return
      // What held for a minute is no failure in a row.
      failures = performance.now() - began > 60_000 ? 1 : failures + 1
      this.#state = sayReason(why)
      await pause(backOff(failures, { firstMs: 250, mostMs: 15_000 }), link.signal).catch(() => undefined)
    }
  }

  /**
   * What is covered by the messages handed over so far. Before a flush: rows handed over are written by it, so this may be
   * written after it.
   */
  covered(): readonly Coverage[] {
    const ended = this.#ended
    this.#ended = []
    return [...ended, ...this.#rows('')]
  }

  async #once(): Promise<unknown> {
    const { feed, link, instruments } = this.#options
    this.#state = 'connecting'
    const stop = new AbortController()
    const signal = AbortSignal.any([link.signal, stop.signal])
    const url = `${link.address(feed.address)}${feed.path}`
    const socket = await openSocket({ url, hosts: link.hosts, headers: link.headers, signal })
    const timers: NodeJS.Timeout[] = []
    try {
      const topics = [...instruments.flatMap((each) => feed.topics(each)), ...feed.sharedTopics]
      const waiting = new Set(topics)
      const requests = feed.subscribe(topics, 1, link.now())
      for (const request of requests) socket.send(request)
      const { ping } = feed
      if (ping !== undefined) {
        const textOf = (): string => (typeof ping.text === 'string' ? ping.text : ping.text(link.now()))
        timers.push(setInterval(() => socket.send(textOf()), ping.everyMs))
      }
      timers.push(
        setTimeout(() => {
          if (this.#session === undefined)
            socket.drop(`subscriptions not acknowledged: ${waiting.size} of ${topics.length}`)
        }, ACKNOWLEDGE_MS),
      )
      this.#watch(socket, timers)
      let unacknowledged = requests.length
      for await (const batch of socket.messages) {
        const context = this.#options.context()
        for (const { text } of batch) {
          const reading = readSafely(feed, text, context)
          if (reading.is === 'acknowledged' && this.#session === undefined) {
            if (reading.topics === 'all') unacknowledged--
            else for (const topic of reading.topics) waiting.delete(topic)
            if (unacknowledged === 0 || waiting.size === 0) this.#up()
          } else if (reading.is === 'refused') throw new SocketFailedError(url, `it refused: ${reading.why}`)
          else if (reading.is === 'rows') {
            if (reading.rows.length > 0) this.#heard(reading)
            if (reading.traders !== undefined) this.#options.onTraders(reading.traders)
            await this.#options.take(reading)
          }
        }
      }
      return undefined
    } finally {
      for (const timer of timers) clearInterval(timer)
      stop.abort()
    }
  }

  #heard({ rows }: Mapped): void {
    if (this.#session === undefined) return
    const at = performance.now()
    this.#rate.add(1, at)
    this.#session.lastRowAt = at
    const now = this.#options.link.now()
    for (const { record, row } of rows) {
      // A candle's time is its open, long ago; its message came at its close.
      const eventAt = record.name === 'candle' ? now : Math.min(now, Number(row['at']))
      if (eventAt > this.#session.lastEventAt) this.#session.lastEventAt = eventAt
    }
  }

  #up(): void {
    const { link, onUp } = this.#options
    const since = link.now()
    this.#session = { since, lastRowAt: performance.now(), lastEventAt: since }
    this.#state = 'live'
    this.#sessions++
    onUp(since)
  }

  /** A socket that is open and says nothing is the worst of faults: nothing else would ever find it. */
  #watch(socket: SocketConnection, timers: NodeJS.Timeout[]): void {
    let looked = performance.now()
    timers.push(
      setInterval(() => {
        const now = performance.now()
        const stalled = now - looked > 4 * LOOK_MS
        looked = now
        // Where this process itself was held up, messages may wait unread.
        if (stalled || this.#session === undefined) return
        const silentMs = now - this.#session.lastRowAt
        const tolerated = toleratedSilenceMs(this.#rate.perSecond(), this.#options.others())
        if (silentMs > tolerated) {
          const expected = Math.round((this.#rate.perSecond() * silentMs) / 1000)
          socket.drop(`silent for ${(silentMs / 1000).toFixed(1)} s where about ${expected} messages were expected`)
        }
      }, LOOK_MS),
    )
  }

  #close(why: string): void {
    this.#ended = [...this.#ended, ...this.#rows(why)]
    if (this.#session !== undefined) this.#options.onDown(why)
    this.#session = undefined
  }

  #rows(ended: string): readonly Coverage[] {
    const session = this.#session
    if (session === undefined) return []
    const { feed, instruments } = this.#options
    const until = session.lastEventAt - feed.lateMs
    return feed.kinds.map(laneOfFeed).flatMap((lane) => {
      const [since, to] =
        lane === 'candle/1m' ? [floorMinute(session.since), floorMinute(until)] : [session.since, until]
      if (to <= since) return []
      const members = instruments.map(({ instrument }) => instrument).join(',')
      const is = { market: feed.market, lane, feed: this.name, way: 'live' as const }
      return [{ ...is, venue: this.#options.context().venue, since, until: to, members, ended }]
    })
  }
}

const floorMinute = (ms: number): number => Math.floor(ms / 60_000) * 60_000

const sayReason = (why: unknown): string => (why instanceof Error ? why.message : String(why))

/** A message that is no JSON must not end the session. */
function readSafely(feed: Feed, text: string, context: MapContext): ReturnType<Feed['read']> {
  try {
    return feed.read(text, context)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const fault = { channel: feed.id, what: 'not as documented', path: '', why, raw: text.slice(0, 500) } as const
    return { is: 'rows', rows: [], faults: [fault] }
  }
}
