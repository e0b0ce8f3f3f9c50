import type { Collected } from '../../../records/coverage.ts'
import type { HistoryDoor } from '../../../sources/source.ts'

/** The lane of a door's records: kind, measure and grid. */
export const laneOfDoor = ({ kind, measure, interval }: HistoryDoor): string =>
  [kind === 'funding' ? 'funding/paid' : kind, measure, interval].filter((part) => part !== undefined).join('/')

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
