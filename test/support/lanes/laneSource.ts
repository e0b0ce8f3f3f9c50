import { intervalMs, type Interval } from '../../../src/core/interval.ts'
import { laneOfDoor, laneOfFeed, laneOfPoll } from '../../../src/desk/jobs/collect/lanes.ts'
import type { Venue } from '../../../src/records/venues.ts'
import { SOURCES } from '../../../src/sources/registry.ts'

export interface LaneName {
  readonly venue: Venue
  readonly market: string
  readonly lane: string
}

/** Every lane that a source says it brings, asks for or fetches, but for positions, which are kept by account. */
export const lanesOfSource = (venue: Venue): readonly LaneName[] => {
  const { history, polls, feeds } = SOURCES[venue]
  const names = [
    ...history.map((door) => `${door.market} ${laneOfDoor(door)}`),
    ...polls.flatMap(({ market, kinds }) => kinds.map((kind) => `${market} ${laneOfPoll(kind)}`)),
    ...feeds.flatMap(({ market, kinds }) => kinds.map((kind) => `${market} ${laneOfFeed(kind)}`)),
  ]
  return [...new Set(names)].map((name) => {
    const [market = '', lane = ''] = name.split(' ')
    return { venue, market, lane }
  })
}

/** How often a lane is asked for that tells of the moment only; undefined for all others. */
export function pollMsOf({ venue, market, lane }: LaneName): number | undefined {
  const polls = SOURCES[venue].polls.filter(
    (poll) => poll.market === market && poll.kinds.some((kind) => laneOfPoll(kind) === lane),
  )
  return polls.length === 0 ? undefined : Math.max(...polls.map(({ everyMs }) => everyMs))
}

/**
 * How long after a record of a grid, or of what is fetched only, it can be asked for at the latest: the grid's next step has begun by
 * then, and it is served. 0 where a feed brings it.
 */
export function servedAfterMs({ venue, market, lane }: LaneName): number {
  const doors = SOURCES[venue].history.filter((door) => door.market === market && laneOfDoor(door) === lane)
  if (doors.length === 0 || lane === 'trade' || lane === 'liquidation') return 0
  return Math.max(
    ...doors.map(({ delayMs, interval }) => delayMs + (interval === undefined ? 0 : intervalMs(interval as Interval))),
  )
}
