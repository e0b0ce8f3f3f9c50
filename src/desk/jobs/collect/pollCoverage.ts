import type { Coverage } from '../../../records/coverage.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { Poll } from '../../../sources/source.ts'
import { laneOfPoll } from './lanes.ts'

/** What polls cover: from the first of a row of answers to the last. An answer that comes late leaves a gap before it. */
export class PollCoverage {
  readonly #known = new Map<string, Coverage>()

  /** An answer to a poll that was asked at an instant of the venue's clock. */
  answered(poll: Poll, venue: Coverage['venue'], instruments: readonly Instrument[], at: number): readonly Coverage[] {
    return poll.kinds.map((kind) => {
      const key = `${poll.id}/${kind}`
      const known = this.#known.get(key)
      const goesOn = known !== undefined && at - known.until <= 2 * poll.everyMs
      const row: Coverage = {
        venue,
        market: poll.market,
        lane: laneOfPoll(kind),
        feed: poll.id,
        way: 'poll',
        since: goesOn ? known.since : at,
        until: at + 1,
        members: instruments.map(({ instrument }) => instrument).join(','),
        ended: '',
      }
      this.#known.set(key, row)
      return row
    })
  }
}
