import { setMaxListeners } from 'node:events'
import { DAY_MS, formatInstant, instant } from '../../../core/instant.ts'
import type { Instrument } from '../../../records/instrument.ts'
import { VENUES, type Venue } from '../../../records/venues.ts'
import { SOURCES } from '../../../sources/registry.ts'
import type { VenueSource } from '../../../sources/source.ts'
import { nextImportNumber, writeImport } from '../../../store/ledger.ts'
import { putInstruments } from '../../../store/queries/putInstruments.ts'
import { readInstruments } from '../../../store/queries/readInstruments.ts'
import { readLastTrades } from '../../../store/queries/readLastTrades.ts'
import { readCoverage } from '../../../store/queries/readCoverage.ts'
import type { Desk } from '../../desk.ts'
import { simulatedNow, type AddressBook } from './addressBook.ts'
import { DEFAULT_DEPTHS, VenueCollector, type VenueState } from './collectVenue.ts'
import { CoverageBook } from './coverageBook.ts'
import { EventBook, type CountedEvent } from './eventBook.ts'
import { EventRate } from './eventRate.ts'
import { FaultBook, type CountedFault } from './faultBook.ts'
import type { Unfinished } from './historySweep.ts'
import type { Numbered } from './idChain.ts'
import type { Depths } from './missing.ts'
import { USUAL_PACE, type Pace } from './pace.ts'
import { RowWriter } from './rowWriter.ts'
import { toldOnceBy } from './toldOnce.ts'
import { linkVenue, type VenueLink } from './venueLink.ts'

/** The venues that can be collected. */
export const COLLECTED_VENUES: readonly Venue[] = VENUES

export interface CollectRequest {
  readonly venues: readonly Venue[]
  readonly assets: readonly string[]
  readonly depths?: Partial<Depths>
  /** Where venues are, where they are simulated. */
  readonly book?: AddressBook
  readonly signal: AbortSignal
  /** Other paces than the usual. */
  readonly pace?: Partial<Pace>
  /** Told what a reader of the log may want to know; what goes on and on is told the first time, the tenth, the hundredth. */
  readonly onEvent: (line: string) => void
  /** Told a fault of a kind not met before. */
  readonly onFault: (fault: CountedFault) => void
}

/** A venue at a glance. */
export interface VenueStatus extends VenueState {
  readonly venue: Venue
  readonly rowsPerSecond: number
  readonly rows: number
  /** Gaps in what is covered, of every instrument and lane, as far as they are not filled yet or cannot be. */
  readonly gaps: number
  readonly faults: number
  /** Largest share used of any of its limits. */
  readonly used: number
  readonly again: number
  /** How often something happened to it that a reader may want to know of. */
  readonly events: number
}

export interface CollectStatus {
  readonly venues: readonly VenueStatus[]
  readonly written: number
  /** Median of the last flushes: from a row's coming until it can be read. */
  readonly latencyMs: number
  readonly waiting: number
}

/** Collectors that run. */
export interface Collecting {
  status(): CollectStatus
  faults(): readonly CountedFault[]
  /** What has happened, the latest first. */
  events(): readonly CountedEvent[]
  /** Of a job that ends by itself: what could not be had, by venue. */
  unfinished(): readonly VenueUnfinished[]
  /** Resolves when all has ended, by the signal; what was received is stored. @throws what storing failed with */
  readonly ended: Promise<void>
}

export interface VenueUnfinished extends Unfinished {
  readonly venue: Venue
}

interface Running {
  readonly source: VenueSource
  readonly link: VenueLink
  readonly collector: VenueCollector
  readonly rate: EventRate
  rows: number
}

/** Collects venues into the store until the signal. */
export const collect = (desk: Desk, request: CollectRequest): Promise<Collecting> => start(desk, request, 'live')

/** Fetches everything that the venues serve and that is missing, and ends. */
export const catchUp = (desk: Desk, request: CollectRequest): Promise<Collecting> => start(desk, request, 'catch up')

async function start(desk: Desk, request: CollectRequest, how: 'live' | 'catch up'): Promise<Collecting> {
  const { store } = desk
  const stop = stopOf(request.signal)
  const number = await nextImportNumber(store.engine)
  const entry = runEntry(number, desk, how)
  await writeImport(store.engine, entry)
  const book = new CoverageBook(await readCoverage(store))
  // Where an address book is given, nothing that is not in it is asked.
  const isThere = (venue: Venue): boolean => request.book === undefined || request.book.venues[venue] !== undefined
  const venues = VENUES.filter((each) => request.venues.includes(each) && isThere(each))
  const held = await readHeld(store, venues, request.book)
  const faults = new FaultBook(request.onFault)
  const events = new EventBook((event) => request.onEvent(sayEvent(event)))
  const running = new Map<Venue, Running>()
  const writer = new RowWriter(store, {
    number,
    coverageNow: () => [...running.values()].flatMap(({ collector }) => collector.covered()),
    isToldOnce: toldOnceBy(Object.values(SOURCES)),
  })
  for (const venue of venues) {
    const parts = { source: SOURCES[venue], book, held, faults, events, writer, running, stop }
    running.set(venue, makeRunning(desk, request, parts))
  }
  const unfinished: VenueUnfinished[] = []
  const jobs = [...running].map(async ([venue, { collector }]) => {
    if (how === 'live') return await collector.run()
    unfinished.push(...(await collector.catchUp()).map((each) => ({ ...each, venue })))
  })
  const ended = Promise.all(jobs)
    .finally(() => writer.close())
    .then(() => writeImport(store.engine, { ...entry, rows: writer.written, added: writer.written, finished: true }))
  ended.catch(() => undefined)
  return {
    status: () => statusOf(running, { book, faults, events, writer }),
    faults: () => faults.list(),
    events: () => events.list(),
    unfinished: () => unfinished,
    ended,
  }
}

function runEntry(number: number, desk: Desk, how: string) {
  const receivedAt = formatInstant(desk.now)
  const nothing = { rows: 0, added: 0, fuller: 0, replaced: 0 }
  const label = `collected (${how}) from ${receivedAt}`
  return { number, label, sha256: '', kind: 'live', ...nothing, finished: false, receivedAt }
}

interface Parts {
  readonly source: VenueSource
  readonly book: CoverageBook
  readonly held: Held
  readonly faults: FaultBook
  readonly events: EventBook
  readonly writer: RowWriter
  readonly running: ReadonlyMap<Venue, Running>
  readonly stop: AbortController
}

/** Ends all jobs: where the signal says so, or where nothing can be stored any more. */
function stopOf(signal: AbortSignal): AbortController {
  const stop = new AbortController()
  // Every feed, poll and question under way listens to it.
  setMaxListeners(0, stop.signal)
  if (signal.aborted) stop.abort(signal.reason)
  signal.addEventListener('abort', () => stop.abort(signal.reason), { once: true })
  return stop
}

const sayEvent = ({ venue, of, name, text, count }: CountedEvent): string =>
  `${venue} ${of}: ${name}: ${text}${count === 1 ? '' : ` (${count} times)`}`

function makeRunning(desk: Desk, request: CollectRequest, parts: Parts): Running {
  const { source, book, held, faults, events, writer, running, stop } = parts
  const { venue } = source
  const pace = { ...USUAL_PACE, ...request.pace }
  const link = linkVenue({
    source,
    pace,
    signal: stop.signal,
    onFailure: (of, { code: name, message: text }) => events.count({ venue, name, of, text, at: link.now() }),
    ...(request.book === undefined ? {} : { book: request.book }),
  })
  const rate = new EventRate()
  const collector = new VenueCollector({
    source,
    link,
    book,
    writer,
    assets: request.assets,
    simulated: request.book !== undefined,
    depths: { ...DEFAULT_DEPTHS, ...request.depths },
    pace,
    onTrouble: (told) => events.count({ venue, ...told, at: link.now() }),
    onNews: (told) => events.tell({ venue, ...told, at: link.now() }),
    onStoreFailed: (error) => stop.abort(error),
    onFault: (fault) => faults.put(venue, fault),
    onRows: (rows) => {
      rate.add(rows, performance.now())
      const is = running.get(venue)
      if (is !== undefined) is.rows += rows
    },
    putInstruments: async (instruments) => void (await putInstruments(desk.store, instruments)),
    heldInstruments: collectedOf(held.instruments, venue, book),
    lastTrades: held.lastTrades.get(venue) ?? new Map(),
    others: () => othersBusyness(venue, running),
  })
  return { source, link, collector, rate, rows: 0 }
}

/** How busy the other venues are now against their usual: the median of those that can tell, 1 where none can. */
function othersBusyness(venue: Venue, running: ReadonlyMap<Venue, Running>): number {
  const shares = [...running]
    .filter(([other]) => other !== venue)
    .flatMap(([, { collector }]) => collector.busyness())
    .toSorted((a, b) => a - b)
  return shares[Math.floor(shares.length / 2)] ?? 1
}

/** What earlier runs have left. */
interface Held {
  readonly instruments: readonly Instrument[]
  /** The last trades of each venue that are held, by `market/instrument`. */
  readonly lastTrades: ReadonlyMap<Venue, ReadonlyMap<string, Numbered>>
}

/** Read before anything is listened to: the engine holds this process up whenever it begins to read. */
async function readHeld(store: Desk['store'], venues: readonly Venue[], book?: AddressBook): Promise<Held> {
  const now = book === undefined ? Date.now() : simulatedNow(book.clock, Date.now())
  const since = instant(now - DAY_MS)
  const lastTrades = new Map<Venue, ReadonlyMap<string, Numbered>>()
  for (const venue of venues) lastTrades.set(venue, await readLastTrades(store, { venue, since }))
  return { instruments: await readInstruments(store), lastTrades }
}

/** Instruments that have no end in the store and of which anything was collected; imported ones may have any name. */
function collectedOf(held: readonly Instrument[], venue: Venue, book: CoverageBook): readonly Instrument[] {
  const lanes = book.lanes().filter((lane) => lane.venue === venue)
  const collected = new Set(lanes.map(({ market, instrument }) => `${market}/${instrument}`))
  return held.filter(
    (is) => is.venue === venue && is.endedAt === undefined && collected.has(`${is.market}/${is.instrument}`),
  )
}

function statusOf(
  running: ReadonlyMap<Venue, Running>,
  { book, faults, events, writer }: Pick<Parts, 'book' | 'faults' | 'events' | 'writer'>,
): CollectStatus {
  const sorted = writer.latencyMs.toSorted((a, b) => a - b)
  return {
    venues: [...running].map(([venue, { collector, link, rate, rows }]) => ({
      venue,
      ...collector.state(),
      rows,
      rowsPerSecond: rate.perSecond(),
      gaps: book.countGaps(venue),
      faults: faults.count(venue),
      events: events.times(venue),
      used: Math.max(0, ...Object.values(link.budgets()).map(({ used }) => used)),
      again: link.counts.again,
    })),
    written: writer.written,
    latencyMs: sorted[Math.floor(sorted.length / 2)] ?? NaN,
    waiting: writer.waiting,
  }
}
