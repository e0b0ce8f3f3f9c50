import { DAY_MS, formatInstant, instant } from '../../../core/instant.ts'
import { VENUES, type Venue } from '../../../records/venues.ts'
import { SOURCES } from '../../../sources/registry.ts'
import type { VenueSource } from '../../../sources/source.ts'
import { nextImportNumber, writeImport } from '../../../store/ledger.ts'
import { putInstruments } from '../../../store/queries/putInstruments.ts'
import { readLastTradeIds } from '../../../store/queries/readLastTradeIds.ts'
import { readCoverage } from '../../../store/queries/readCoverage.ts'
import type { Desk } from '../../desk.ts'
import type { AddressBook } from './addressBook.ts'
import { DEFAULT_DEPTHS, VenueCollector, type VenueState } from './collectVenue.ts'
import { CoverageBook } from './coverageBook.ts'
import { FaultBook, type CountedFault } from './faultBook.ts'
import type { Depths } from './missing.ts'
import { RowWriter } from './rowWriter.ts'
import { EventRate } from './silence.ts'
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
  /** Told what a reader of the log may want to know. */
  readonly onEvent: (line: string) => void
  /** Told a fault of a kind not met before. */
  readonly onFault: (fault: CountedFault) => void
}

/** A venue at a glance. */
export interface VenueStatus extends VenueState {
  readonly venue: Venue
  readonly rowsPerSecond: number
  readonly rows: number
  readonly faults: number
  /** Largest share used of any of its limits. */
  readonly used: number
  readonly again: number
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
  /** Resolves when all has ended, by the signal; what was received is stored. @throws what storing failed with */
  readonly ended: Promise<void>
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
  const number = await nextImportNumber(store.engine)
  const entry = runEntry(number, desk, how)
  await writeImport(store.engine, entry)
  const book = new CoverageBook(await readCoverage(store))
  const faults = new FaultBook(request.onFault)
  const running = new Map<Venue, Running>()
  const writer = new RowWriter(store, number, () =>
    [...running.values()].flatMap(({ collector }) => collector.covered()),
  )
  for (const venue of VENUES.filter((each) => request.venues.includes(each))) {
    // Where an address book is given, nothing that is not in it is asked.
    if (request.book !== undefined && request.book.venues[venue] === undefined) continue
    const parts = { source: SOURCES[venue], book, faults, writer, running }
    running.set(venue, makeRunning(desk, request, parts))
  }
  const jobs = [...running.values()].map(({ collector }) => (how === 'live' ? collector.run() : collector.catchUp()))
  const ended = Promise.all(jobs)
    .finally(() => writer.close())
    .then(() => writeImport(store.engine, { ...entry, rows: writer.written, added: writer.written, finished: true }))
  ended.catch(() => undefined)
  return {
    status: () => statusOf(running, faults, writer),
    faults: () => faults.list(),
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
  readonly faults: FaultBook
  readonly writer: RowWriter
  readonly running: ReadonlyMap<Venue, Running>
}

function makeRunning(desk: Desk, request: CollectRequest, parts: Parts): Running {
  const { source, book, faults, writer, running } = parts
  const { venue } = source
  const link = linkVenue({
    source,
    signal: request.signal,
    onRetry: (error, waitMs) => request.onEvent(`${venue}: ${error.message}; again in ${(waitMs / 1000).toFixed(1)} s`),
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
    onEvent: request.onEvent,
    onFault: (fault) => faults.put(venue, fault),
    onRows: (rows) => {
      rate.add(rows, performance.now())
      const is = running.get(venue)
      if (is !== undefined) is.rows += rows
    },
    putInstruments: async (instruments) => void (await putInstruments(desk.store, instruments)),
    readLastIds: () => readLastTradeIds(desk.store, { venue, since: instant(link.now() - DAY_MS) }),
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

function statusOf(running: ReadonlyMap<Venue, Running>, faults: FaultBook, writer: RowWriter): CollectStatus {
  const sorted = writer.latencyMs.toSorted((a, b) => a - b)
  return {
    venues: [...running].map(([venue, { collector, link, rate, rows }]) => ({
      venue,
      ...collector.state(),
      rows,
      rowsPerSecond: rate.perSecond(),
      faults: faults.count(venue),
      used: Math.max(0, ...Object.values(link.budgets()).map(({ used }) => used)),
      again: link.counts.again,
    })),
    written: writer.written,
    latencyMs: sorted[Math.floor(sorted.length / 2)] ?? NaN,
    waiting: writer.waiting,
  }
}
