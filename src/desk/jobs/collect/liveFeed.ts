import { MissingConventionError } from '../../../conventions/convention.ts'
import { DeskError, reasonOf } from '../../../core/errors.ts'
import { instant } from '../../../core/instant.ts'
import { backOff } from '../../../net/retry.ts'
import { openSocket, SocketFailedError, type SocketConnection } from '../../../net/socketMessages.ts'
import { pause } from '../../../net/pause.ts'
import type { Coverage } from '../../../records/coverage.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { Feed, MapContext, Mapped, Reading, Trader } from '../../../sources/source.ts'
import { costsRecord, excerptOf, noConvention, type WireFault } from '../../../sources/wire/wireFault.ts'
import type { EventLag } from './eventLag.ts'
import { FeedSession } from './feedSession.ts'
import { topicsOf } from './feedTopics.ts'
import { MissedTrades } from './missedTrades.ts'
import type { Pace } from './pace.ts'
import { SilenceWatch, type Judgement } from './silenceWatch.ts'
import type { VenueLink } from './venueLink.ts'

/** What a feed tells of itself. */
export interface FeedState {
  readonly id: string
  /** `connecting`, `live`, or why it waits. */
  readonly state: string
  /** Whether a silence of it would be found by its pace, or it is too quiet for that. */
  readonly pace: Judgement['is']
  readonly sessions: number
}

export interface LiveFeedOptions {
  readonly feed: Feed
  readonly shard: number
  readonly instruments: readonly Instrument[]
  readonly link: VenueLink
  readonly pace: Pick<Pace, 'retryMs' | 'clearMs' | 'deniedMs' | 'knownMs'>
  readonly context: () => MapContext
  /** Shown how old what comes is. */
  readonly lag: EventLag
  /** Takes what came. @returns what was wrong with it */
  readonly take: (mapped: Mapped) => readonly WireFault[]
  /** Resolves when there is room for more; undefined where there is. */
  readonly room: () => Promise<void> | undefined
  /** Told who traded, where a venue says so. */
  readonly onTraders: (traders: readonly Trader[]) => void
  /** Told that a connection is open, before anything comes. */
  readonly onOpen: () => void
  /** Told since when, by the venue's clock, everything comes: what came before must be asked for. */
  readonly onUp: (since: number) => void
  /** Told that something came which cannot be read, so that it is not known what is missed. */
  readonly onUnreadable: () => void
  /** Told that the connection ended, or did not come about, and whether it had brought anything since the last time. */
  readonly onDown: (why: unknown, was: 'live' | 'never live') => void
  /** Told that the venue does not know an instrument. */
  readonly onRefused: (instrument: Instrument, why: DeskError) => void
  /** How busy other venues are now against their usual. */
  readonly others: () => number
}

/** Why a stretch ended whose collector was told to end. */
export const STOPPED = 'stopped'

/** How often it is looked whether a feed has fallen silent. */
const LOOK_MS = 250
/** Subscriptions not acknowledged after this are given up. */
const ACKNOWLEDGE_MS = 15_000
/** What held for so long is no failure in a row. */
const HELD_MS = 60_000
/**
 * A feed that was live lately is most likely to be soon again; no venue minds as many tries as this makes of all its feeds. Where
 * nobody answers there is nobody to mind.
 */
const LATELY_MS = 45_000
const LONGEST_BREAK_MS = { unanswered: 450, lately: 1_400, later: 15_000 } as const

/** One connection's worth of a feed, kept alive: it connects, subscribes, reads, and begins again when it must. */
export class LiveFeed {
  #socket: SocketConnection | undefined
  readonly #options: LiveFeedOptions
  readonly #watch: SilenceWatch
  readonly #missed = new MissedTrades()
  readonly #end = new AbortController()
  #members: readonly Instrument[]
  #session: FeedSession | undefined
  #state = 'connecting'
  #sessions = 0
  /** When it was live last, by the steady clock. */
  #liveAt = -Infinity
  /** True while what came must wait, and nothing more is read. */
  #isHeldUp = false
  /** Whether the last try has opened a connection. */
  #hasOpened = false
  /** Why we gave the connection up ourselves. */
  #fell: DeskError | undefined
  #ended: readonly Coverage[] = []

  constructor(options: LiveFeedOptions) {
    this.#options = options
    const { atLeastEveryMs } = options.feed
    this.#watch = new SilenceWatch({
      knownMs: options.pace.knownMs,
      ...(atLeastEveryMs === undefined ? {} : { atLeastEveryMs }),
    })
    this.#members = options.instruments
  }

  get feed(): Feed {
    return this.#options.feed
  }

  get name(): string {
    return `${this.feed.id}/${this.#options.shard}`
  }

  /** The instruments that it brings. */
  get members(): readonly Instrument[] {
    return this.#members
  }

  get isLive(): boolean {
    return this.#session !== undefined
  }

  /** The pace of the last seconds against the usual. */
  busyness(): number {
    return this.#watch.busyness(performance.now())
  }

  state(): FeedState {
    const { is: pace } = this.#watch.judge(performance.now(), 1)
    return { id: this.name, state: this.#state, pace, sessions: this.#sessions }
  }

  /** Runs until the link's signal, or until nothing is left to bring; never throws for what a venue does. */
  async run(): Promise<void> {
    const { link } = this.#options
    const onAbort = (): void => this.#end.abort(link.signal.reason)
    if (link.signal.aborted) onAbort()
    link.signal.addEventListener('abort', onAbort)
    for (let failures = 0; !this.#end.signal.aborted;) {
      const began = performance.now()
      this.#fell = undefined
      this.#hasOpened = false
      const ended = await this.#once().catch((error: unknown) => error)
      const why = this.#fell ?? ended
      const was = this.#session === undefined ? 'never live' : 'live'
      this.#close(this.#end.signal.aborted ? STOPPED : reasonOf(why))
      if (this.#end.signal.aborted) break
      if (was === 'live') this.#liveAt = performance.now()
      failures = performance.now() - began > HELD_MS ? 1 : failures + 1
      this.#state = reasonOf(why)
      this.#options.onDown(why, was)
      await pause(this.#breakMs(failures, why), this.#end.signal).catch(() => undefined)
    }
    link.signal.removeEventListener('abort', onAbort)
  }

  /** Brings these instruments no more; where none is left it ends. The others go on without a break. */
  drop(gone: ReadonlySet<string>): void {
    const left = this.#members.filter(({ instrument }) => !gone.has(instrument))
    if (left.length === this.#members.length) return
    this.#members = left
    this.#ended = [...this.#ended, ...(this.#session?.drop(gone) ?? [])]
    if (left.length === 0) this.#end.abort(new DeskError('FEED_ENDED', 'nothing is left to bring'))
  }

  /** Brings these instruments too, where their messages come without being asked for one by one. */
  join(instruments: readonly Instrument[]): void {
    this.#members = [...this.#members, ...instruments]
    this.#session?.join(instruments, this.#options.link.now())
  }

  /**
   * What is covered by the messages handed over so far. Before a flush: rows handed over are written by it, so this may be
   * written after it.
   */
  covered(): readonly Coverage[] {
    const ended = this.#ended
    this.#ended = []
    return [...ended, ...(this.#session?.covered('') ?? [])]
  }

  /** Another feed of the venue was found silent. One that is too quiet to be found out so begins anew too. */
  doubt(other: string): void {
    if (this.#socket === undefined || this.#session === undefined) return
    if (this.#watch.judge(performance.now(), 1).is !== 'too quiet') return
    this.#watch.distrust()
    this.#drop(this.#socket, new FeedDoubtedError(this.name, other))
  }

  /** An instrument of it has traded, as its venue counts, since an instant of the steady clock. */
  counted(since: number): void {
    this.#missed.counted(since, performance.now())
  }

  async #once(): Promise<unknown> {
    const { feed, link } = this.#options
    this.#state = 'connecting'
    const url = `${link.address(feed.address)}${feed.path}`
    const { hosts, headers } = link
    const socket = await openSocket({ url, hosts, headers, signal: this.#end.signal })
    this.#hasOpened = true
    this.#options.onOpen()
    const timers: NodeJS.Timeout[] = []
    this.#socket = socket
    try {
      const topics = topicsOf(feed, this.#members, this.#options.context())
      const requests = feed.subscribe(topics, 1, link.now())
      for (const request of requests) socket.send(request)
      this.#ping(socket, timers)
      const open = { waiting: new Set(topics), unanswered: requests.length }
      timers.push(setTimeout(() => this.#giveUp(socket, open.waiting.size, topics.length), ACKNOWLEDGE_MS))
      timers.push(setInterval(this.#look(socket), LOOK_MS))
      for await (const batch of socket.messages) {
        const context = this.#options.context()
        for (const [i, { text, receivedAt }] of batch.entries()) {
          const reading = readSafely(feed, text, context)
          // One of those that came together tells of them all.
          if (i === 0) this.#age(reading, receivedAt)
          this.#read(reading, open)
          const room = this.#options.room()
          if (room === undefined) continue
          this.#isHeldUp = true
          await room
          this.#isHeldUp = false
        }
      }
      return undefined
    } finally {
      for (const timer of timers) clearInterval(timer)
      this.#socket = undefined
      socket.drop('its reader left')
    }
  }

  #age(reading: Reading, receivedAt: number): void {
    const { lag, link } = this.#options
    if (reading.is === 'rows') lag.see(reading.rows, link.now() - (performance.now() - receivedAt))
  }

  #read(reading: Reading, open: Open): void {
    switch (reading.is) {
      case 'rows':
        return this.#take(reading)
      case 'acknowledged':
        if (reading.topics === 'all') open.unanswered--
        else for (const topic of reading.topics) open.waiting.delete(topic)
        return this.#upWhenAll(open)
      case 'refused': {
        const why = new SubscriptionRefusedError(this.name, reading.why)
        const refused = this.#onlyOneOf(reading.topics ?? [])
        if (refused === undefined) throw why
        // One that the venue does not know costs the others nothing.
        for (const topic of reading.topics ?? []) open.waiting.delete(topic)
        this.drop(new Set([refused.instrument]))
        this.#options.onRefused(refused, why)
        return this.#upWhenAll(open)
      }
      case 'beat':
        this.#hear()
        return this.#session?.beat(reading.sentAt, this.#options.link.now())
      case 'pulse':
    }
  }

  #take(mapped: Mapped & { readonly traders?: readonly Trader[] }): void {
    if (!this.#isRepeated(mapped)) this.#hear()
    if (mapped.traders !== undefined) this.#options.onTraders(mapped.traders)
    const spoilt = this.#options.take(mapped).find(costsRecord)
    if (this.#session === undefined) return
    if (spoilt !== undefined) this.#spoil(this.#session, spoilt)
    if (spoilt !== undefined || mapped.rows.some(({ record }) => record.name === 'trade')) {
      this.#missed.brought(performance.now())
    }
    this.#session.heard(mapped.rows, this.#options.link.now())
  }

  /** Some venues begin a session with what happened before it. A message without rows is an event: a candle that is still open. */
  #isRepeated({ rows }: Mapped): boolean {
    const since = this.#session?.since ?? Infinity
    return rows.length > 0 && rows.every(({ row }) => Number(row['knownAt']) <= since)
  }

  /** Before what came is handed over: where things may have been lost before it, they are asked for. */
  #hear(): void {
    const session = this.#session
    if (session === undefined || this.#watch.heard(performance.now()) === 'as usual') return
    this.#ended = [...this.#ended, ...session.doubt('it was silent for longer than usual', this.#options.link.now())]
    if (!session.isSpoilt) this.#up(session.since)
  }

  /** What a message holds that cannot be read is not known; what is missed from here on is asked for. */
  #spoil(session: FeedSession, { channel, what, path }: WireFault): void {
    const why = `${channel} ${what}${path === '' ? '' : ` at "${path}"`}`
    const { ended, isNew } = session.spoil(why)
    this.#ended = [...this.#ended, ...ended]
    this.#state = `unreadable: ${why}`
    if (isNew) this.#options.onUnreadable()
  }

  #onlyOneOf(topics: readonly string[]): Instrument | undefined {
    const { topics: topicsOf } = this.feed
    const found = this.#members.filter((each) => topicsOf(each).some((topic) => topics.includes(topic)))
    return found.length === 1 ? found[0] : undefined
  }

  #upWhenAll({ waiting, unanswered }: Open): void {
    const isWaiting = unanswered > 0 && waiting.size > 0
    if (this.#session !== undefined || isWaiting || this.#members.length === 0) return
    const { context, link } = this.#options
    this.#session = new FeedSession({ feed: this.feed, name: this.name, venue: context().venue }, this.#members)
    this.#session.begin(link.now())
    this.#watch.begin(performance.now())
    this.#missed.brought(performance.now())
    this.#sessions++
    this.#up(this.#session.since)
  }

  #up(since: number): void {
    this.#state = 'live'
    this.#options.onUp(since)
  }

  #ping(socket: SocketConnection, timers: NodeJS.Timeout[]): void {
    const { ping } = this.feed
    if (ping === undefined) return
    const { text } = ping
    const textOf = typeof text === 'string' ? () => text : () => text(instant(this.#options.link.now()))
    timers.push(setInterval(() => socket.send(textOf()), ping.everyMs))
  }

  #giveUp(socket: SocketConnection, waiting: number, topics: number): void {
    if (this.#session === undefined) this.#drop(socket, new NotAcknowledgedError(this.name, waiting, topics))
  }

  #drop(socket: SocketConnection, why: DeskError): void {
    this.#fell = why
    socket.drop(why.message)
  }

  /** A socket that is open and says nothing is the worst of faults: nothing else would ever find it. */
  #look(socket: SocketConnection): () => void {
    const { pace, link, others } = this.#options
    let looked = performance.now()
    return () => {
      const now = performance.now()
      const passedMs = now - looked
      looked = now
      // Where this process itself is held up, messages wait unread.
      if (passedMs > 4 * LOOK_MS || this.#isHeldUp) return this.#watch.overlook(passedMs, now)
      if (this.#session === undefined) return
      if (this.#session.clear(pace.clearMs, link.now())) this.#up(this.#session.since)
      const why = this.#saySilence(now, others())
      if (why === undefined) return
      this.#drop(socket, new FeedSilentError(this.name, why, this.#watch.distrust() ? 'now' : 'still'))
    }
  }

  /** Why the feed counts as silent; undefined where it does not. */
  #saySilence(now: number, others: number): string | undefined {
    const judged = this.#watch.judge(now, others)
    if (judged.is === 'silent') {
      return `was silent for ${seconds(judged.silentMs)} where about ${Math.round(judged.expected)} messages were expected`
    }
    const missedMs = this.#missed.silentMs(now)
    return missedMs === undefined
      ? undefined
      : `brought no trades for ${seconds(missedMs)} while its venue counted some`
  }

  #close(why: string): void {
    this.#ended = [...this.#ended, ...(this.#session?.covered(why) ?? [])]
    this.#session = undefined
  }

  #breakMs(failures: number, why: unknown): number {
    const { retryMs, deniedMs } = this.#options.pace
    const asked = why instanceof DeskError ? (why.retryAfterMs ?? 0) : 0
    const isAnswered = this.#hasOpened || !(why instanceof SocketFailedError) || why.status !== undefined
    const lately = isAnswered ? 'lately' : 'unanswered'
    const mostMs = LONGEST_BREAK_MS[performance.now() - this.#liveAt < LATELY_MS ? lately : 'later']
    const own = backOff(failures, { firstMs: Math.min(250, retryMs), mostMs })
    return Math.max(own, Math.min(asked, deniedMs))
  }
}

/** What of a subscription is not answered yet: its topics, and where a venue names none, its requests. */
interface Open {
  readonly waiting: Set<string>
  unanswered: number
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

/** A message that cannot be read must not end the session. */
function readSafely(feed: Feed, text: string, context: MapContext): Reading {
  try {
    return feed.read(text, context)
  } catch (error) {
    return { is: 'rows', rows: [], faults: [faultOf(feed.id, text, error)] }
  }
}

function faultOf(channel: string, text: string, error: unknown): WireFault {
  if (error instanceof MissingConventionError) return noConvention(error, { channel, path: '', raw: text })
  return { channel, what: 'not as documented', path: '', why: reasonOf(error), raw: excerptOf(text) }
}

/** A feed says nothing though it should have. */
export class FeedSilentError extends DeskError {
  /** `still`: it was found so before, and has said nothing since. */
  readonly is: 'now' | 'still'

  constructor(feed: string, why: string, is: 'now' | 'still') {
    super('FEED_SILENT', `"${feed}" ${why}`, { retry: 'later' })
    this.is = is
  }
}

/** A feed may have been silent without anybody noticing, since another of its venue was. */
export class FeedDoubtedError extends DeskError {
  constructor(feed: string, other: string) {
    super('FEED_DOUBTED', `"${feed}" begins anew, since "${other}" of the same venue was silent`, { retry: 'later' })
  }
}

/** A venue does not answer subscriptions. */
export class NotAcknowledgedError extends DeskError {
  constructor(feed: string, waiting: number, topics: number) {
    super('NOT_ACKNOWLEDGED', `subscriptions of "${feed}" were not acknowledged: ${waiting} of ${topics}`, {
      retry: 'later',
    })
  }
}

/** The venue does not bring what was asked for. */
export class SubscriptionRefusedError extends DeskError {
  constructor(feed: string, why: string) {
    super('SUBSCRIPTION_REFUSED', `a subscription of "${feed}" was refused: ${why}`, { retry: 'later' })
  }
}
