import type { Coverage } from '../../../records/coverage.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { Venue } from '../../../records/venues.ts'
import type { Feed, MappedRow } from '../../../sources/source.ts'
import { laneOfFeed } from './lanes.ts'

/** Instruments that are covered since the same instant. */
interface Group {
  readonly since: number
  readonly members: readonly Instrument[]
}

interface Of {
  readonly feed: Feed
  /** The connection's name. */
  readonly name: string
  readonly venue: Venue
}

/** What a connection has brought since its subscriptions were acknowledged, and what that covers. Instants are the venue's. */
export class FeedSession {
  readonly #of: Of
  #groups: readonly Group[]
  /** Time of the latest event that was read: what happened before it has come, but for `lateMs`. */
  #lastEventAt = -Infinity
  /** The same of trades: they may stop while other things go on coming. */
  #lastTradeAt = -Infinity
  /** When the last message came that cost a record, by the steady clock. */
  #spoiltAt: number | undefined

  constructor(of: Of, members: readonly Instrument[]) {
    this.#of = of
    this.#groups = [{ since: -Infinity, members }]
  }

  /** Since when everything comes, for those that have been in it all the time. */
  get since(): number {
    return Math.min(...this.#groups.map(({ since }) => since))
  }

  /** From now on everything comes. */
  begin(now: number): void {
    this.#spoiltAt = undefined
    this.#lastEventAt = now
    this.#lastTradeAt = now
    this.#groups = [{ since: now, members: this.#groups.flatMap(({ members }) => members) }]
  }

  /** Rows of a message have been handed over. */
  heard(rows: readonly MappedRow[], now: number): void {
    for (const { record, row } of rows) {
      // A candle's time is its open, long ago; its message came at its close.
      const eventAt = record.name === 'candle' ? now : Math.min(now, Number(row['at']))
      if (eventAt > this.#lastEventAt) this.#lastEventAt = eventAt
      if (record.name === 'trade' && eventAt > this.#lastTradeAt) this.#lastTradeAt = eventAt
    }
  }

  /** Something came that no record comes of, but that shows that everything has come that was sent before it. */
  beat(sentAt: number | undefined, now: number): void {
    this.#lastEventAt = Math.max(this.#lastEventAt, Math.min(now, sentAt ?? now))
  }

  /** Something unreadable comes. */
  get isSpoilt(): boolean {
    return this.#spoiltAt !== undefined
  }

  /** It is not known whether anything came before now; begins again. @returns what was covered before */
  doubt(why: string, now: number): readonly Coverage[] {
    const ended = this.covered(why)
    if (this.#spoiltAt === undefined) this.begin(now)
    return ended
  }

  /** Something came that cannot be read. @returns what was covered before, where that ends with it */
  spoil(why: string): { readonly ended: readonly Coverage[]; readonly isNew: boolean } {
    const ended = this.covered(why)
    const isNew = this.#spoiltAt === undefined
    this.#spoiltAt = performance.now()
    return { ended, isNew }
  }

  /** Begins again where nothing unreadable came for a while. @returns whether it does */
  clear(clearMs: number, now: number): boolean {
    if (this.#spoiltAt === undefined || performance.now() - this.#spoiltAt < clearMs) return false
    this.begin(now)
    return true
  }

  /** Some are in it no more. @returns what was covered with them */
  drop(gone: ReadonlySet<string>): readonly Coverage[] {
    const ended = this.covered('')
    const until = this.#lastEventAt - this.#of.feed.lateMs
    const left = new Map<number, readonly Instrument[]>()
    for (const { since, members } of this.#groups) {
      // A stretch is known by its beginning, so the rest goes on as another, without a gap between.
      const from = Math.max(since, until)
      left.set(from, [...(left.get(from) ?? []), ...members.filter(({ instrument }) => !gone.has(instrument))])
    }
    this.#groups = [...left].map(([since, members]) => ({ since, members }))
    return ended
  }

  /** Some are in it from now on. */
  join(members: readonly Instrument[], now: number): void {
    this.#groups = [...this.#groups, { since: now, members }]
  }

  /** What is covered up to now; nothing while something unreadable comes. */
  covered(ended: string): readonly Coverage[] {
    if (this.#spoiltAt !== undefined) return []
    const { feed, name, venue } = this.#of
    const groups = this.#groups.filter(({ members }) => members.length > 0)
    return groups.flatMap(({ since, members }) =>
      feed.kinds.map(laneOfFeed).flatMap((lane) => {
        const until = (lane === 'trade' ? this.#lastTradeAt : this.#lastEventAt) - feed.lateMs
        const [from, to] = lane === 'candle/1m' ? [floorMinute(since), floorMinute(until)] : [since, until]
        if (to <= from) return []
        const of = { venue, market: feed.market, lane, feed: name, way: 'live' as const }
        return [{ ...of, since: from, until: to, members: members.map(({ instrument }) => instrument).join(), ended }]
      }),
    )
  }
}

const floorMinute = (ms: number): number => Math.floor(ms / 60_000) * 60_000
