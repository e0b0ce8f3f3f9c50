import { instant } from '../../../core/instant.ts'
import type { Coverage } from '../../../records/coverage.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { HistoryDoor, MapContext, Mapped } from '../../../sources/source.ts'
import { laneOfDoor } from './lanes.ts'
import type { Stretch } from './stretches.ts'
import type { VenueLink } from './venueLink.ts'

export interface HistoryTask {
  readonly door: HistoryDoor
  readonly instrument: Instrument
  readonly stretch: Stretch
}

export interface HistoryTools {
  readonly link: VenueLink
  readonly context: () => MapContext
  readonly take: (mapped: Mapped) => Promise<void>
}

/**
 * Fetches one stretch of one lane and gives what of it was handed over, to be written down after it. Where the venue does not reach back so far,
 * the rest stays a gap, with the venue's reason.
 */
export async function fetchStretch(task: HistoryTask, tools: HistoryTools): Promise<Coverage | undefined> {
  const { door, instrument, stretch } = task
  const { link, context, take } = tools
  const from = Math.max(stretch.from, link.now() - door.depthMs)
  if (from >= stretch.to) return undefined
  const past = { instrument, from: instant(from), to: instant(stretch.to) }
  const pages = door.fetch(link, context(), past)
  for (;;) {
    const { value, done } = await pages.next()
    if (done === true) {
      const since = Math.max(from, value.from)
      return since < stretch.to ? coverageOf(task, { from: since, to: stretch.to }, value.why ?? '') : undefined
    }
    await take(value)
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
