import type { InstantMs } from '../../../core/instant.ts'
import type { Venue } from '../../../records/venues.ts'

/** Something that happened to a venue's collector, for a reader. */
export interface CollectEvent {
  readonly venue: Venue
  /** The error's code, or what else it is: `RATE_LIMITED`, `RENAMED`. */
  readonly name: string
  /** What it happened to: a feed, a poll, a door, a lane, an instrument. */
  readonly of: string
  readonly text: string
  /** By the venue's clock. */
  readonly at: InstantMs
}

/** An event with how often its like was met; the text is that of the last. */
export interface CountedEvent extends CollectEvent {
  readonly count: number
  readonly firstAt: InstantMs
}

/** Kinds of events told apart at most; beyond them nothing new is remembered. */
const KINDS = 1_000

/** Counts what happens. What goes on for hours is told once, and again each time that it has happened ten times as often. */
export class EventBook {
  readonly #events = new Map<string, CountedEvent>()
  readonly #tell: (event: CountedEvent) => void

  constructor(tell: (event: CountedEvent) => void) {
    this.#tell = tell
  }

  /** Counts an event and tells it where it is new or has become ten times as frequent. */
  count(event: CollectEvent): void {
    const counted = this.#put(event)
    if (counted !== undefined && isPowerOfTen(counted.count)) this.#tell(counted)
  }

  /** Counts an event and tells it in any case. */
  tell(event: CollectEvent): void {
    const counted = this.#put(event)
    if (counted !== undefined) this.#tell(counted)
  }

  /** All events, the latest first. */
  list(): readonly CountedEvent[] {
    return [...this.#events.values()].toSorted((a, b) => b.at - a.at)
  }

  /** How often anything happened to a venue. */
  times(venue: Venue): number {
    return this.list().reduce((sum, event) => sum + (event.venue === venue ? event.count : 0), 0)
  }

  #put(event: CollectEvent): CountedEvent | undefined {
    const kind = JSON.stringify([event.venue, event.name, event.of])
    const known = this.#events.get(kind)
    if (known === undefined && this.#events.size >= KINDS) return undefined
    const counted = { ...event, count: (known?.count ?? 0) + 1, firstAt: known?.firstAt ?? event.at }
    this.#events.set(kind, counted)
    return counted
  }
}

const isPowerOfTen = (count: number): boolean => Number.isInteger(Math.log10(count))
