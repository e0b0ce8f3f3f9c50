import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../core/instant.ts'
import { EventRate } from './eventRate.ts'
import { LongestSilences } from './longestSilences.ts'
import { SlowestPace } from './slowestPace.ts'

/** What a silence comes to, so far. */
export type Judgement =
  | { readonly is: 'as usual' }
  /** So little comes, or so little is known yet, that no silence of some minutes would mean anything. */
  | { readonly is: 'too quiet' }
  /** `expected`: messages that would have come at the usual pace. */
  | { readonly is: 'silent'; readonly silentMs: number; readonly expected: number }

/** Less than one silence is to be told in so long that is none. */
const RARE_MS = 100 * DAY_MS
/** A feed may go at a fifth of the slowest pace that is known of it, for all that time, and nothing is thought of it. */
const LULL = 5
/** The same before five minutes are known of it: they may be its busiest. */
const EARLY_LULL = 8
/** Messages this close together are one: an order that takes many others makes many trades. */
const GATHER_MS = 50
/** No silence shorter than this means anything: garbage is collected, disks are slow. */
const LEAST_MS = 3 * SECOND_MS
/** Before the first message of a session nothing shows that a silence is this process's own; what is as short as this is of the socket. */
const FIRST_MS = SECOND_MS / 2
/** Where the pace is known, so many messages that did not come before the first one of a session are none by chance, but once in a thousand. */
const FIRST_LEFT_OUT = 7
/** Nothing is judged by fewer silences than this. */
const LEAST_KNOWN = 20
/** By fewer than this a feed cannot be known to be more even than chance. */
const WELL_KNOWN = 200
/** As even as a clock, or nearly. */
const EVEN = 1 / 3
/** A feed is judged when it was listened to for so many times the silence that would be told, too. */
const LISTENED_TIMES = 3
/** What is to come at least so often was left out so many times. */
const SURE_TIMES = 3
/** What takes longer is found sooner by what the venue counts. */
const TOO_QUIET_MS = 5 * MINUTE_MS
/** Other markets that are quieter than this are asleep, or broken themselves. */
const QUIETEST = 0.05
/** So many messages in so many seconds tell how busy a market is. */
const TELLING = 10
const TELLING_S = 15

/**
 * Tells a feed that has fallen silent from a market that is quiet, by the times at which its messages came. Pure: times are handed
 * in, ms of any steady clock. Time in which nobody listened does not count: what passes between two sessions, or while this process
 * is held up, is no silence.
 *
 * How long a silence is borne follows from what is known of the feed: its pace now and in its slowest five minutes of some hours,
 * taken at the least that they can be by the number of messages that they were measured by; and how unevenly it comes, which is its
 * longest silence but one of some hours as a multiple of what even chance makes of as many. At a fifth of that pace, as unevenly, less
 * than one silence in a hundred days is told that is none.
 */
export class SilenceWatch {
  readonly #now = new EventRate(2 * MINUTE_MS)
  readonly #slowest = new SlowestPace()
  /** In usual distances between two messages, as they were then. */
  readonly #silences = new LongestSilences()
  /** For others to compare with: the pace of seconds and of the last hour. */
  readonly #lately = new EventRate(10 * SECOND_MS)
  readonly #usually = new EventRate(30 * MINUTE_MS)
  /** From the clock that is handed in to one that goes only while somebody listens. */
  #skipped = 0
  #heardAt = 0
  #countedAt = -Infinity
  /** What is thought of the feed before the next message: nothing came yet at all, or none since it was thought silent, or it speaks. */
  #trust: 'new' | 'lost' | 'speaks' = 'new'
  /** Nothing came in this session yet. */
  #isFirst = true
  readonly #knownMs: number
  readonly #sureMs: number

  /**
   * @param knownMs - a feed is judged by its own pace when it was listened to for so long: a busy market may be gone in a minute
   * @param atLeastEveryMs - something comes at least so often, whatever the market does; Infinity where nothing does
   */
  constructor({ knownMs, atLeastEveryMs = Infinity }: { readonly knownMs: number; readonly atLeastEveryMs?: number }) {
    this.#knownMs = knownMs
    this.#sureMs = SURE_TIMES * atLeastEveryMs
  }

  /** A session begins: from now on everything should come. */
  begin(now: number): void {
    this.#skipped = now - this.#heardAt
    this.#isFirst = true
    for (const rate of [this.#now, this.#lately, this.#usually]) rate.add(0, this.#heardAt)
  }

  /**
   * Something came.
   * @returns whether the silence before it was so long that things may have been lost in it
   */
  heard(now: number): 'as usual' | 'after a doubtful silence' {
    const at = now - this.#skipped
    const silentMs = at - this.#heardAt
    const isDoubtful = this.#isDoubtful(silentMs)
    this.#heardAt = at
    this.#trust = 'speaks'
    this.#isFirst = false
    if (at - this.#countedAt >= GATHER_MS) this.#count(silentMs, at)
    return isDoubtful ? 'after a doubtful silence' : 'as usual'
  }

  /** For so long up to now nobody listened. */
  overlook(ms: number, now: number): void {
    this.#skipped += Math.min(ms, this.#silentMs(now))
  }

  /**
   * The feed may have been silent: an acknowledgement alone does not show that it speaks again.
   * @returns whether that is news: something came since it was last thought so
   */
  distrust(): boolean {
    const isNews = this.#trust !== 'lost'
    this.#trust = 'lost'
    return isNews
  }

  /** @param others - how busy other venues are now against their usual, 1 as usual: where they have become quieter, so may this one */
  judge(now: number, others: number): Judgement {
    const silentMs = this.#silentMs(now)
    const toleratedMs = this.toleratedMs(others)
    if (toleratedMs === Infinity) return { is: 'too quiet' }
    if (silentMs <= toleratedMs) return { is: 'as usual' }
    const byPace = this.#now.perSecond() * (silentMs / SECOND_MS)
    return { is: 'silent', silentMs, expected: Math.max(byPace || 0, (SURE_TIMES * silentMs) / this.#sureMs) }
  }

  /** The silence that is borne, ms; Infinity where none of some minutes would mean anything. */
  toleratedMs(others: number): number {
    if (this.#silences.count < LEAST_KNOWN || this.#heardAt < this.#knownMs) return this.#sureMs
    const calm = Math.min(1, Math.max(QUIETEST, others))
    const lull = this.#slowest.leastPerSecond() === Infinity ? EARLY_LULL : LULL
    const byPaceMs = Math.max(LEAST_MS, onceIn((this.#leastPerMs() * calm) / (lull * this.#unevenness())))
    const isTold = byPaceMs <= Math.min(TOO_QUIET_MS, this.#heardAt / LISTENED_TIMES)
    return Math.min(isTold ? byPaceMs : Infinity, this.#sureMs)
  }

  /** The pace of the last seconds against the usual; NaN where so little comes, or has come for so long, that it tells nothing. */
  busyness(now: number): number {
    const usual = this.#usually.perSecond()
    if (!(usual * TELLING_S > TELLING) || this.#isDoubtful(this.#silentMs(now))) return NaN
    this.#lately.add(0, now - this.#skipped)
    return this.#lately.perSecond() / usual
  }

  #count(silentMs: number, at: number): void {
    const pace = this.#leastPerMs()
    if (pace > 0) this.#silences.add(silentMs * pace, at)
    this.#countedAt = at
    this.#slowest.add(at)
    for (const rate of [this.#now, this.#lately, this.#usually]) rate.add(1, at)
  }

  #silentMs(now: number): number {
    return Math.max(0, now - this.#skipped - this.#heardAt)
  }

  /** Longer than what a feed shows once in a hundred days at its usual pace: it costs no more than to ask again for what was sent then. */
  #isDoubtful(silentMs: number): boolean {
    if (this.#isFirst && silentMs > this.#firstMs()) return true
    if (silentMs <= LEAST_MS) return this.#trust === 'lost'
    if (this.#trust !== 'speaks') return true
    return this.#silences.count >= LEAST_KNOWN && silentMs > onceIn(this.#leastPerMs() / this.#unevenness())
  }

  /** A venue may acknowledge what it does not bring yet: the silence before the first message of a session that is borne, ms. */
  #firstMs(): number {
    const byPaceMs = this.#silences.count < LEAST_KNOWN ? 0 : FIRST_LEFT_OUT / this.#leastPerMs()
    return Math.max(FIRST_MS, byPaceMs)
  }

  #leastPerMs(): number {
    return Math.min(this.#now.leastPerSecond(), this.#slowest.leastPerSecond()) / SECOND_MS
  }

  /** 1 where silences are as long as even chance makes them, more where they are longer. */
  #unevenness(): number {
    const { count, longestButOne } = this.#silences
    // Of so many silences of an even chance the longest is about their logarithm in mean distances.
    return Math.max(count < WELL_KNOWN ? 1 : EVEN, longestButOne / Math.log(count))
  }
}

/** The silence that even chance makes once in `RARE_MS` at a pace (a ms); Infinity where so little comes that none means anything. */
function onceIn(perMs: number): number {
  const silences = perMs * RARE_MS
  return silences > 1 ? Math.log(silences) / perMs : Infinity
}
