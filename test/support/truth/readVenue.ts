import { instant } from '../../../src/core/instant.ts'
import type { AddressBook } from '../../../src/desk/jobs/collect/addressBook.ts'
import { USUAL_PACE } from '../../../src/desk/jobs/collect/pace.ts'
import { topicsOf } from '../../../src/desk/jobs/collect/feedTopics.ts'
import { VenueInstruments } from '../../../src/desk/jobs/collect/venueInstruments.ts'
import { linkVenue } from '../../../src/desk/jobs/collect/venueLink.ts'
import type { Collected } from '../../../src/records/coverage.ts'
import type { Instrument } from '../../../src/records/instrument.ts'
import { SOURCES } from '../../../src/sources/registry.ts'
import type { Feed, Mapped, MappedRow, VenueSource } from '../../../src/sources/source.ts'
import type { WireFault } from '../../../src/sources/wire/wireFault.ts'
import type { SimVenue } from '../../../src/sim/market/live/listings.ts'
import { addressBookOf } from '../../../src/sim/servers/addressBookOf.ts'
import type { VenueDoors } from '../../../src/sim/servers/door.ts'
import { serveVenue } from '../../../src/sim/servers/venueServer.ts'
import { openSession, type OpenSession } from '../askDoors.ts'
import { TRUTH } from './truth.ts'
import type { TruthWorld } from './truthWorld.ts'

/** By which way a row came. */
export type Way = 'now' | 'history' | 'socket' | 'accounts'

export interface ReadRow extends MappedRow {
  readonly way: Way
  readonly is: Instrument
}

/** What one venue answered to everything that its source asks, mapped by that source. */
export interface VenueReading {
  readonly venue: SimVenue
  readonly instruments: readonly Instrument[]
  readonly rows: readonly ReadRow[]
  readonly faults: readonly WireFault[]
}

/** What is read: everything, or one kind of record. */
export type Wanted = Collected | 'everything'

/**
 * Serves a truth on all venues and reads it with their sources: sockets while it happens, then every poll, every history and every
 * account over loopback.
 */
export async function readVenues(
  world: TruthWorld,
  doors: Readonly<Record<SimVenue, VenueDoors>>,
  wanted: Wanted = 'everything',
): Promise<readonly VenueReading[]> {
  const open = await Promise.all(
    [...world.markets].map(async ([venue, market]) => {
      const server = await serveVenue(unlimited(doors[venue]), market)
      const clock = { startAt: world.now(), began: 0, speed: 0 }
      const book = addressBookOf({ servers: new Map([[venue, server]]) }, clock) as AddressBook
      return new OpenVenue(venue, world, book, doors[venue], () => server.close())
    }),
  )
  try {
    await Promise.all(open.map((venue) => venue.list()))
    for (const venue of open) venue.subscribe()
    await world.run(async (now) => {
      for (const venue of open) await venue.tick(now)
    })
    return await Promise.all(open.map((venue) => venue.read(wanted)))
  } finally {
    await Promise.all(open.map((venue) => venue.close()))
  }
}

/** Limits of venues are kept, and held against their documents, elsewhere; here they would only cost time. */
const unlimited = (doors: VenueDoors): VenueDoors => ({
  ...doors,
  rate: { ...doors.rate, allow: () => ({ limit: Infinity, windowMs: 1000 }) },
})

const unlimitedSource = (source: VenueSource): VenueSource => ({
  ...source,
  budgets: Object.fromEntries(Object.keys(source.budgets).map((name) => [name, { limit: 1e9, windowMs: 1000 }])),
})

class OpenVenue {
  readonly #venue: SimVenue
  readonly #world: TruthWorld
  readonly #book: AddressBook
  readonly #doors: VenueDoors
  readonly #rows: ReadRow[] = []
  readonly #faults: WireFault[] = []
  readonly #sessions: { readonly feed: Feed; readonly session: OpenSession }[] = []
  #instruments: VenueInstruments | undefined
  readonly close: () => Promise<void>

  constructor(venue: SimVenue, world: TruthWorld, book: AddressBook, doors: VenueDoors, close: () => Promise<void>) {
    this.#venue = venue
    this.#world = world
    this.#book = book
    this.#doors = doors
    this.close = close
  }

  async list(): Promise<void> {
    this.#instruments = new VenueInstruments(SOURCES[this.#venue], this.#link(), {
      assets: TRUTH.map(({ asset }) => asset),
      simulated: true,
    })
    const { faults } = await this.#instruments.relist()
    this.#faults.push(...faults)
  }

  subscribe(): void {
    const market = this.#world.markets.get(this.#venue)!
    for (const feed of SOURCES[this.#venue].feeds) {
      const covered = this.#chosen(feed.market).filter(feed.covers)
      const topics = topicsOf(feed, covered, this.#context())
      if (topics.length === 0) continue
      const session = openSession(this.#doors, market, feed.path)
      for (const message of feed.subscribe(topics, 1, instant(this.#world.now()))) session.message(message)
      this.#sessions.push({ feed, session })
    }
  }

  /** Some send what came at once a moment later. */
  async tick(now: number): Promise<void> {
    for (const { session } of this.#sessions) session.tick(now)
    await Promise.resolve()
    for (const { feed, session } of this.#sessions) {
      for (const message of session.sent.splice(0)) {
        const text = typeof message === 'string' ? message : JSON.stringify(message)
        const reading = feed.read(text, { ...this.#context(), now: instant(now) })
        if (reading.is === 'refused') throw new Error(`${this.#venue} refuses: ${reading.why}`)
        if (reading.is === 'rows') this.#keep('socket', reading)
      }
    }
  }

  async read(wanted: Wanted): Promise<VenueReading> {
    const { polls, history, accounts } = SOURCES[this.#venue]
    const isWanted = (kinds: readonly string[]): boolean => wanted === 'everything' || kinds.includes(wanted)
    const link = this.#link()
    const context = { ...this.#context(), now: instant(this.#world.now()) }
    for (const poll of polls.filter(({ kinds }) => isWanted(kinds))) {
      const covered = this.#chosen(poll.market).filter(poll.covers)
      for await (const mapped of poll.fetch(link, context, covered)) this.#keep('now', mapped)
    }
    const past = { from: instant(this.#world.startAt), to: instant(this.#world.now()) }
    for (const door of history.filter(({ kind }) => isWanted([kind]))) {
      for (const instrument of this.#chosen(door.market).filter(door.covers)) {
        for await (const mapped of door.fetch(link, context, { instrument, ...past })) this.#keep('history', mapped)
      }
    }
    if (accounts !== undefined && isWanted(['position'])) {
      for (const address of this.#addresses()) {
        this.#keep('accounts', await accounts.fetch(link, context, { address, held: [] }))
      }
    }
    const instruments = this.#instruments!.chosen
    return { venue: this.#venue, instruments, rows: this.#rows, faults: this.#faults }
  }

  #link() {
    const clock = { ...this.#book.clock, startAt: this.#world.now() }
    const book = { ...this.#book, clock }
    const onFailure = (_: string, error: Error): never => {
      throw error
    }
    return linkVenue({
      source: unlimitedSource(SOURCES[this.#venue]),
      book,
      signal: new AbortController().signal,
      pace: USUAL_PACE,
      onFailure,
    })
  }

  #chosen(market: string): readonly Instrument[] {
    return this.#instruments!.chosen.filter((is) => is.market === market)
  }

  #context() {
    return this.#instruments!.context()
  }

  #addresses(): readonly string[] {
    const market = this.#world.markets.get(this.#venue)!
    return market.listings.flatMap((listing) => market.positions(listing).map(({ id }) => id))
  }

  #keep(way: Way, { rows, faults }: Mapped): void {
    this.#faults.push(...faults)
    for (const { record, row } of rows) {
      const is = this.#instruments!.find(String(row['market']), String(row['instrument']))
      this.#rows.push({ record, row, way, is: is! })
    }
  }
}
