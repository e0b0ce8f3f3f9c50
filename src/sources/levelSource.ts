import type { InstantMs } from '../core/instant.ts'
import type { Publisher } from './publisher.ts'
import type { PublisherLink } from './publisherLink.ts'
import type { Mapped } from './source.ts'

/** What is asked of a publisher of plain series. */
export interface LevelWish {
  /** As the publisher calls it. */
  readonly name: string
  /** When it is asked. */
  readonly now: InstantMs
  /** Values of how many days; as many as are usual there unless said. */
  readonly days?: number
}

/** Rows of `indexLevel`, and whether a simulation made them. */
export interface FetchedLevels extends Mapped {
  readonly simulated: boolean
}

/** A publisher of plain series of days, as it is asked and read. */
export interface LevelSource {
  readonly publisher: Publisher
  /** What `assayer import` calls it, where the publisher's name stands for something else. */
  readonly command?: string
  /** Names that can be asked for, each with the symbols that its values are kept under. */
  readonly series: Readonly<Record<string, readonly string[]>>
  /** How many days can be asked for; undefined where all come at once. */
  readonly mostDays?: number
  /** What to do for more days than that, where there is more to say than to ask for fewer. */
  readonly beyondMostDays?: string
  /** The part of the larger by which two values may differ and say the same: 0 unless said. */
  readonly sameWithin?: number
  /** @throws errors of `net`; {SeriesUnavailableError} what came is no series */
  readonly fetch: (link: PublisherLink, wish: LevelWish) => Promise<FetchedLevels>
}
