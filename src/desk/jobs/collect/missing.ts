import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/instant.ts'
import { intervalMs, type Interval } from '../../../core/interval.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { HistoryDoor } from '../../../sources/source.ts'
import type { CoverageBook } from './coverageBook.ts'
import { laneOfDoor } from './lanes.ts'
import { joined, type Stretch } from './stretches.ts'

/** How far back a lane is filled where nothing was held before, ms. */
export interface Depths {
  /** Candles of one hour, and funding. */
  readonly hours: number
  /** Candles of one minute, and grids of five. */
  readonly minutes: number
}

/** A stretch of one lane that is to be asked for. */
export interface HistoryTask {
  readonly door: HistoryDoor
  readonly instrument: Instrument
  readonly stretch: Stretch
  /** What is known to be missed in it: there are records at both ends of each. */
  readonly holes: readonly Stretch[]
}

/** What is known of a lane beside what is covered. */
export interface LaneNow {
  /**
   * `door`: only asked for. `live` and since when; `down` where its feed is not connected: what it misses is asked for when it is.
   * `instead`: the feed fails for long, and what it should bring is asked for, though not as often as it would bring it.
   */
  readonly feed:
    | { readonly is: 'door' }
    | { readonly is: 'instead' }
    | { readonly is: 'live'; readonly since: number }
    | { readonly is: 'down' }
  /** Since when it was watched in this run, for lanes whose past before is of no interest. */
  readonly watchedSince: number | undefined
  /** Asked for in vain. */
  readonly lost: readonly Stretch[]
}

export interface MissingInputs {
  readonly door: HistoryDoor
  readonly instrument: Instrument
  readonly book: CoverageBook
  readonly lane: LaneNow
  readonly depths: Depths
  /** Now, by the venue's clock, ms. */
  readonly now: number
  /** Ask for the last rows up to this instant too, however few: nothing will be asked for later. Undefined where there is no end. */
  readonly toTheEnd: number | undefined
}

/**
 * Stretches of one lane that the venue serves and that are not held, those too that were missed while a feed is live.
 * @returns in order of time; empty where nothing can be asked for now
 */
export function missingStretches(inputs: MissingInputs): readonly HistoryTask[] {
  const { door, instrument, book, lane, now, toTheEnd } = inputs
  const end = endOf(inputs)
  if (end === undefined) return []
  const key = {
    venue: instrument.venue,
    market: door.market,
    lane: laneOfDoor(door),
    instrument: instrument.instrument,
  }
  const step = stepOf(door)
  const begin = Math.max(beginOf(inputs, book.covered(key)[0]?.from), now - door.depthMs, instrument.listedAt ?? 0)
  const whole = { from: Math.ceil(begin / step) * step, to: Math.floor(end / step) * step }
  const open = book
    .uncovered(key, whole, lane.lost)
    .filter((stretch) => stretch.to - stretch.from >= leastOf(inputs, stretch, whole.to))
    .filter((stretch) => toTheEnd !== undefined || door.kind !== 'funding' || holdsHour(stretch))
  const missed = gathered(book.openHoles(key, lane.lost))
    .filter(({ to }) => to <= now - door.delayMs)
    .map(({ from, to }) => ({ from: Math.max(from, whole.from), to }))
  const all = joined([...open, ...missed])
  return (door.serves === 'the newest' ? asOne(all) : all).map((stretch) => {
    return { door, instrument, stretch, holes: book.holesWithin(key, stretch) }
  })
}

/** From the beginning of the first to the end of the last. */
const asOne = (all: readonly Stretch[]): readonly Stretch[] =>
  all.length === 0 ? [] : [{ from: (all[0] as Stretch).from, to: (all.at(-1) as Stretch).to }]

/** Holes near each other are asked for as one: where a venue leaves out many, each would cost a question. */
function gathered(holes: readonly Stretch[]): readonly Stretch[] {
  const wide = joined(holes.map(({ from, to }) => ({ from, to: to + HOLES_APART_MS })))
  return wide.map(({ from, to }) => ({ from, to: to - HOLES_APART_MS }))
}

/** Holes that lie closer are near each other. */
const HOLES_APART_MS = MINUTE_MS

/** Up to where it can be asked for: what is served now, but not what a live feed brings by itself. */
function endOf({ door, lane, now, toTheEnd }: MissingInputs): number | undefined {
  const served = now - door.delayMs
  if (toTheEnd !== undefined) return Math.min(served, toTheEnd)
  if (lane.feed.is === 'door' || lane.feed.is === 'instead') return served
  return lane.feed.is === 'live' ? Math.min(served, lane.feed.since) : undefined
}

/** Candles, grids and payments are filled back as far as is wished; trades from where they were first watched. */
function beginOf({ door, lane, depths, now }: MissingInputs, heldFrom: number | undefined): number {
  if (door.kind === 'trade' || door.kind === 'liquidation') return heldFrom ?? lane.watchedSince ?? now
  return now - (door.interval === undefined || door.interval === '1h' ? depths.hours : depths.minutes)
}

/** At the end a few rows can wait where a question is dear; a hole can not. */
function leastOf({ door, lane, toTheEnd }: MissingInputs, stretch: Stretch, end: number): number {
  if (stretch.to !== end || toTheEnd !== undefined) return stepOf(door)
  return Math.max(stepOf(door), door.everyMs ?? 0, lane.feed.is === 'instead' ? INSTEAD_MS : 0)
}

/** How often a lane is asked for whose feed fails. */
const INSTEAD_MS = MINUTE_MS

/** Funding is paid on full hours, so before the next one there is nothing to ask for. */
const holdsHour = ({ from, to }: Stretch): boolean => Math.ceil(from / HOUR_MS) * HOUR_MS < to

const stepOf = ({ interval }: HistoryDoor): number => (interval === undefined ? 1 : intervalMs(interval as Interval))

/** What cannot wait comes first: trades are served for a day or less. Then what is short, then what is old. */
export function byUrgency(a: HistoryTask, b: HistoryTask): number {
  return urgency(a) - urgency(b) || b.stretch.to - a.stretch.to
}

function urgency({ door, stretch }: HistoryTask): number {
  if (door.kind === 'trade' || door.kind === 'liquidation') return 0
  return stretch.to - stretch.from < DAY_MS / 4 ? 1 : 2
}
