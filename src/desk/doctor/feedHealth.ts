import { DAY_MS, formatInstant, instant, MINUTE_MS, type InstantMs } from '../../core/instant.ts'
import type { Coverage } from '../../records/coverage.ts'
import type { Instrument } from '../../records/instrument.ts'
import { VENUES, type Venue } from '../../records/venues.ts'
import { CoverageBook, type Lane } from '../jobs/collect/coverageBook.ts'
import { STOPPED } from '../jobs/collect/liveFeed.ts'
import { joined, type Stretch } from '../jobs/collect/stretches.ts'

/** One kind of record on one market of a venue, all its instruments together. */
export interface LaneHealth {
  readonly market: Instrument['market']
  readonly lane: string
  readonly instruments: number
  /** Up to here something of it is covered, by the venue's clock; and how long ago that was, ms. */
  readonly coveredUntil: string
  readonly ageMs: number
  /** Gaps of the last 24 hours, each instrument counted by itself. */
  readonly gaps: number
  /** True where it is watched, should bring something all the time, and has brought nothing for long. */
  readonly silent: boolean
}

/** What of a venue is in the store. */
export interface FeedHealth {
  readonly venue: Venue
  /** `stopped` where its collector was ended by whoever ran it. */
  readonly state: 'alive' | 'silent' | 'stopped'
  readonly instruments: number
  readonly coveredUntil: string
  readonly ageMs: number
  readonly gaps: number
  /** Time of the last 24 hours in which anything at all is missing, ms. */
  readonly missingMs: number
  readonly lanes: readonly LaneHealth[]
}

export interface FeedHealthOptions {
  readonly venues: readonly Venue[]
  /** By the venues' clock. */
  readonly now: InstantMs
  /** How fast the venues' clock runs; 1 unless it is simulated. */
  readonly speed: number
}

/** Whatever is watched brings something more often than this. */
const SILENT_MS = 10 * MINUTE_MS
/** But these, which may not come for hours. */
const RARE = 'liquidation'

/** How the lanes of each venue stand that were ever collected, by what was covered. */
export function feedHealth(rows: readonly Coverage[], options: FeedHealthOptions): readonly FeedHealth[] {
  return VENUES.filter((venue) => options.venues.includes(venue)).flatMap((venue) => {
    const own = rows.filter((row) => row.venue === venue)
    return own.length === 0 ? [] : [venueHealth(venue, own, options)]
  })
}

function venueHealth(venue: Venue, rows: readonly Coverage[], { now, speed }: FeedHealthOptions): FeedHealth {
  const book = new CoverageBook(rows)
  const range = { now, silentMs: SILENT_MS * Math.max(1, speed) }
  const lanes = byKind(book.lanes()).map((each) => laneHealth(each, rows, { book, ...range }))
  const missing = book.lanes().flatMap((lane) => gapsToday(book, lane, now))
  return {
    venue,
    state: wasStopped(rows) ? 'stopped' : lanes.some(({ silent }) => silent) ? 'silent' : 'alive',
    instruments: new Set(book.lanes().map(({ market, instrument }) => `${market}/${instrument}`)).size,
    ...endOf(rows, now),
    gaps: missing.length,
    missingMs: joined(missing).reduce((sum, { from, to }) => sum + to - from, 0),
    lanes,
  }
}

/** Lanes of one kind on one market together, one for each instrument. */
function byKind(lanes: readonly Lane[]): readonly (readonly [Lane, ...Lane[]])[] {
  const kinds = new Map<string, [Lane, ...Lane[]]>()
  for (const each of lanes) {
    const key = `${each.market} ${each.lane}`
    const known = kinds.get(key)
    if (known === undefined) kinds.set(key, [each])
    else known.push(each)
  }
  return [...kinds.values()]
}

interface Range {
  readonly book: CoverageBook
  readonly now: number
  readonly silentMs: number
}

function laneHealth(
  lanes: readonly [Lane, ...Lane[]],
  rows: readonly Coverage[],
  { book, now, silentMs }: Range,
): LaneHealth {
  const [{ market, lane }] = lanes
  const own = rows.filter((row) => row.market === market && row.lane === lane)
  const watched = own.filter(({ way }) => way === 'live' || way === 'poll')
  return {
    market,
    lane,
    instruments: lanes.length,
    ...endOf(own, now),
    gaps: lanes.reduce((sum, each) => sum + gapsToday(book, each, now).length, 0),
    silent: lane !== RARE && watched.length > 0 && watched.every(({ until }) => until < now - silentMs),
  }
}

/** Gaps of a lane as far as they lie within the last 24 hours. */
const gapsToday = (book: CoverageBook, lane: Lane, now: number): readonly Stretch[] =>
  book
    .gaps(lane)
    .map(({ from, to }) => ({ from: Math.max(from, now - DAY_MS), to: Math.min(to, now) }))
    .filter(({ from, to }) => from < to)

/** Up to when rows cover anything. */
function endOf(rows: readonly Coverage[], now: number): { readonly coveredUntil: string; readonly ageMs: number } {
  const until = rows.reduce((latest, row) => (row.way === 'missed' ? latest : Math.max(latest, row.until)), 0)
  return { coveredUntil: formatInstant(instant(until)), ageMs: now - until }
}

/** True where the last that a socket brought ended because its collector was told to. */
function wasStopped(rows: readonly Coverage[]): boolean {
  const live = rows.filter(({ way }) => way === 'live')
  const until = live.reduce((latest, row) => Math.max(latest, row.until), 0)
  return live.some((row) => row.until === until && row.ended === STOPPED)
}
