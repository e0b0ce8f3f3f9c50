import { instant } from '../../../core/instant.ts'
import type { Coverage } from '../../../records/coverage.ts'
import type { MapContext, Mapped } from '../../../sources/source.ts'
import { costsRecord, type WireFault } from '../../../sources/wire/wireFault.ts'
import { laneOfDoor } from './lanes.ts'
import type { Run } from './idRuns.ts'
import type { HistoryTask } from './missing.ts'
import { PastNumbers } from './pastNumbers.ts'
import { without, type Stretch } from './stretches.ts'
import type { VenueLink } from './venueLink.ts'

export interface HistoryTools {
  readonly link: VenueLink
  readonly context: () => MapContext
  /** Takes a page. @returns what was kept of it, and what was wrong */
  readonly take: (mapped: Mapped) => Promise<Mapped>
}

/** A stretch that cannot be had, and why. */
export interface Lost extends Stretch {
  readonly why: string
}

/** What came of a question. */
export interface Fetched {
  /** Where the venue counts what was asked for: what came, in runs without a hole. */
  readonly runs: readonly Run[]
  /** What was handed over whole, to be written down after it. */
  readonly covered: readonly Coverage[]
  /** What the venue does not serve. */
  readonly lost?: Lost
  /** Where records came that could not be kept, or by their numbers did not come. */
  readonly spoilt: readonly Lost[]
}

/** Fetches one stretch of one lane. Where the venue does not reach back so far, the rest stays a gap, with the venue's reason. */
export async function fetchStretch(task: HistoryTask, { link, context, take }: HistoryTools): Promise<Fetched> {
  const { door, instrument, stretch } = task
  const from = Math.max(stretch.from, link.now() - door.depthMs)
  if (from >= stretch.to) {
    return { covered: [], lost: { ...stretch, why: 'the venue serves it no more' }, spoilt: [], runs: [] }
  }
  const pages: Page[] = []
  const numbers = new PastNumbers(task)
  const reading = door.fetch(link, context(), { instrument, from: instant(from), to: instant(stretch.to) })
  for (;;) {
    const { value, done } = await reading.next()
    if (done !== true) {
      const kept = await take(value)
      pages.push(pageOf(kept))
      numbers.add(kept.rows)
    } else {
      const reached = Math.max(from, value.from)
      const spoilt = [...spoiltPages(pages, { from: reached, to: stretch.to }), ...numbers.missing(reached)]
      return { ...fetched(task, { from: reached, why: value.why ?? '' }, spoilt), runs: numbers.runs() }
    }
  }
}

/** Times of the first and the last row of a page, and what cost it a record; without any row they are NaN. */
interface Page {
  readonly first: number
  readonly last: number
  readonly fault: WireFault | undefined
}

function pageOf({ rows, faults }: Mapped): Page {
  const times = rows.map(({ row }) => Number(row['at']))
  const [first, last] = times.length === 0 ? [NaN, NaN] : [Math.min(...times), Math.max(...times)]
  return { first, last, fault: faults.find(costsRecord) }
}

/**
 * What a page could not keep has no time that could be trusted, but it lies between the pages beside it; they come in the order
 * of time or against it. Where they tell nothing, it may lie anywhere.
 */
function spoiltPages(pages: readonly Page[], whole: Stretch): readonly Lost[] {
  return pages.flatMap(({ fault, first, last }, i) => {
    if (fault === undefined) return []
    const beside = [pages[i - 1], pages[i + 1]].filter((page) => page !== undefined)
    const before = beside.flatMap((page) => (page.last <= first ? [page.last] : []))
    const after = beside.flatMap((page) => (page.first >= last ? [page.first + 1] : []))
    const [from, to] = [Math.max(whole.from, ...before), Math.min(whole.to, ...after)]
    return from < to ? [{ from, to, why: sayFault(fault) }] : []
  })
}

const sayFault = ({ channel, what, path }: WireFault): string =>
  `${channel} ${what}${path === '' ? '' : ` at "${path.replaceAll(/\[\d+\]/g, '[]')}"`}`

function fetched(
  task: HistoryTask,
  { from, why }: { readonly from: number; readonly why: string },
  spoilt: readonly Lost[],
): Omit<Fetched, 'runs'> {
  const { stretch } = task
  const whole = without({ from, to: stretch.to }, spoilt)
  const reasonBefore = (start: number): string => {
    const hole = spoilt.find(({ to }) => to === start)
    return start === from ? why : (hole?.why ?? '')
  }
  return {
    covered: whole.map((part) => coverageOf(task, part, reasonBefore(part.from))),
    ...(from > stretch.from ? { lost: { from: stretch.from, to: Math.min(from, stretch.to), why } } : {}),
    spoilt,
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
