import { instant } from '../../../core/instant.ts'
import type { Coverage } from '../../../records/coverage.ts'
import type { MapContext, Mapped } from '../../../sources/source.ts'
import { laneOfDoor } from './lanes.ts'
import type { HistoryTask } from './missing.ts'
import type { Stretch } from './stretches.ts'
import type { VenueLink } from './venueLink.ts'

export interface HistoryTools {
  readonly link: VenueLink
  readonly context: () => MapContext
  readonly take: (mapped: Mapped) => Promise<void>
}

/** What came of a question: what was handed over whole, to be written down after it, and what cannot be had. */
export interface Fetched {
  readonly covered?: Coverage
  readonly lost?: Stretch
}

/** Fetches one stretch of one lane. Where the venue does not reach back so far, the rest stays a gap, with the venue's reason. */
export async function fetchStretch(task: HistoryTask, { link, context, take }: HistoryTools): Promise<Fetched> {
  const { door, instrument, stretch } = task
  const from = Math.max(stretch.from, link.now() - door.depthMs)
  if (from >= stretch.to) return { lost: stretch }
  const pages = door.fetch(link, context(), { instrument, from: instant(from), to: instant(stretch.to) })
  for (;;) {
    const { value, done } = await pages.next()
    if (done === true) return fetched(task, Math.max(from, value.from), value.why ?? '')
    await take(value)
  }
}

function fetched(task: HistoryTask, since: number, why: string): Fetched {
  const { from, to } = task.stretch
  return {
    ...(since < to ? { covered: coverageOf(task, { from: since, to }, why) } : {}),
    ...(since > from ? { lost: { from, to: Math.min(since, to) } } : {}),
  }
}

const coverageOf = ({ door, instrument }: HistoryTask, { from, to }: Stretch, why: string): Coverage => ({
  venue: instrument.venue,
  market: instrument.market,
  lane: laneOfDoor(door),
  feed: instrument.instrument,
  way: 'history',
  since: from,
  until: to,
  members: instrument.instrument,
  ended: why,
})
