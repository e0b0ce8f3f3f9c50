import type { Collected } from '../../../records/coverage.ts'
import type { Feed, HistoryDoor } from '../../../sources/source.ts'

/** The lane of a door's records: kind, measure and grid. */
export const laneOfDoor = ({ kind, measure, interval }: HistoryDoor): string =>
  [kind === 'funding' ? 'funding/paid' : kind, measure, interval].filter((part) => part !== undefined).join('/')

/** The lane that a feed's records belong to. Feeds bring candles of one minute only. */
export const laneOfFeed = (kind: Feed['kinds'][number]): string => (kind === 'candle' ? 'candle/1m' : kind)

/** The lane of what is asked for again and again. */
export function laneOfPoll(kind: Collected): string {
  switch (kind) {
    case 'openInterest':
      return 'openInterest/live'
    case 'funding':
      return 'funding/expected'
    default:
      return kind
  }
}

/** The kind of a lane's records. */
export const kindOfLane = (lane: string): string => lane.split('/')[0] ?? ''

/** A lane of one instrument within its venue, or whatever else is told apart by such parts: `perp/trade/BTCUSDT`. */
export const laneKey = (...parts: readonly string[]): string => parts.join('/')
