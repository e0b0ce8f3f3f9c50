import { toldAt } from '../conventions/releases.ts'
import { DAY_MS, type InstantMs } from '../core/instant.ts'
import type { LevelPublisher } from '../records/levelPublishers.ts'
import type { IndexLevel } from '../records/indexLevel.ts'

export interface PublishedLevel {
  readonly venue: LevelPublisher
  /** As the series is called here: `VIX`. */
  readonly symbol: string
  /** 00:00 of its day. */
  readonly at: InstantMs
  readonly value: number
  /** When it was asked for. */
  readonly now: InstantMs
}

/**
 * The row of a published value of a day. It is known when its series is told, by the ledger of releases; a value of a day that is over
 * and is there before that is known when it was asked for.
 * @returns a row whose `knownAt` is after `now` where the day has not come far enough for it: nobody knows it yet
 * @example levelRow({ venue: 'fred', symbol: 'VIX', at: parseInstant('2025-04-22'), value: 30.57, now }).knownAt // 2025-04-22T20:00Z
 */
export function levelRow({ venue, symbol, at, value, now }: PublishedLevel): IndexLevel {
  const told = toldAt(symbol, at, DAY_MS)
  const isOver = at + DAY_MS <= now
  return { venue, instrument: symbol, interval: '1d', at, knownAt: isOver && told > now ? now : told, value }
}
