import { DeskError } from '../../../core/errors.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { MapContext, VenueSource } from '../../../sources/source.ts'
import { costsRecord, type WireFault } from '../../../sources/wire/wireFault.ts'
import { chooseInstruments, instrumentOf } from './chooseInstruments.ts'
import { renamesIn, type Rename } from './renames.ts'
import type { VenueLink } from './venueLink.ts'

/** What a listing changed of what is collected. */
export interface Relisted {
  /** Collected from now on. */
  readonly appeared: readonly Instrument[]
  /** Listed no more. */
  readonly vanished: readonly Instrument[]
  /** Those among the vanished that go on under the name of one that appeared. */
  readonly renamed: readonly Rename[]
  readonly faults: readonly WireFault[]
}

/** What a venue lists, and which of it is collected. */
export class VenueInstruments {
  readonly #source: VenueSource
  readonly #link: VenueLink
  readonly #assets: readonly string[]
  readonly #simulated: Instrument['simulated']
  #listed = new Map<string, Instrument>()
  #chosen = new Map<string, Instrument>()
  /** What mapping is told of each name, by market: it asks for every trade. */
  #known = new Map<string, ReadonlyMap<string, Instrument | 'left out'>>()

  constructor(
    source: VenueSource,
    link: VenueLink,
    wish: { readonly assets: readonly string[]; readonly simulated: Instrument['simulated'] },
  ) {
    this.#source = source
    this.#link = link
    this.#assets = wish.assets
    this.#simulated = wish.simulated
  }

  /** The instruments that are collected. */
  get chosen(): readonly Instrument[] {
    return [...this.#chosen.values()]
  }

  /** A collected instrument by market and name. */
  find(market: string, name: string): Instrument | undefined {
    const found = this.#known.get(market)?.get(name)
    return found === 'left out' ? undefined : found
  }

  /** True where the venue lists it, collected or not. */
  lists({ market, instrument }: Pick<Instrument, 'market' | 'instrument'>): boolean {
    return this.#listed.has(keyOf(market, instrument))
  }

  /**
   * Reads the listing and tells what is new in it and what is gone; at first everything is new. What is missing in a listing
   * that could not be read whole, or that lists nothing at all of a market, is not gone.
   * @throws {NothingListedError} nothing is listed, now or before
   * @throws what asking throws
   */
  async relist(): Promise<Relisted> {
    const { listed, faults } = await this.#source.fetchListing(this.#link)
    const is = { simulated: this.#simulated, at: this.#link.now() }
    const now = listed.map((each) => instrumentOf(each, is))
    const empty = [...this.#listed.values()].map(({ market }) => market).filter((market) => !lists(now, market))
    const isWhole = !faults.some(costsRecord)
    const stays = [...this.#listed.values()].filter(({ market }) => !isWhole || empty.includes(market))
    const before = { listed: this.#listed, chosen: this.#chosen }
    this.#listed = byKey([...stays, ...now])
    if (this.#listed.size === 0) throw new NothingListedError(this.#source.venue)
    this.#chosen = byKey(chooseInstruments([...this.#listed.values()], this.#assets))
    this.#known = this.#knownNames()
    const appeared = [...this.#chosen].filter(([key]) => !before.chosen.has(key)).map(([, each]) => each)
    const vanished = [...before.chosen].filter(([key]) => !this.#listed.has(key)).map(([, each]) => each)
    const isNew = ({ market, instrument }: Instrument): boolean => !before.listed.has(keyOf(market, instrument))
    const renamed = renamesIn(vanished, appeared.filter(isNew))
    return { appeared, vanished, renamed, faults: [...faults, ...[...new Set(empty)].map(emptyFault)] }
  }

  /** What mapping needs to know now. */
  readonly context = (): MapContext => ({
    venue: this.#source.venue,
    now: this.#link.now(),
    instrument: (market, name) => this.#known.get(market)?.get(name),
  })

  #knownNames(): Map<string, ReadonlyMap<string, Instrument | 'left out'>> {
    const known = new Map<string, Map<string, Instrument | 'left out'>>()
    for (const [key, { market, instrument }] of this.#listed) {
      const names = known.get(market) ?? new Map<string, Instrument | 'left out'>()
      known.set(market, names.set(instrument, this.#chosen.get(key) ?? 'left out'))
    }
    return known
  }
}

const lists = (instruments: readonly Instrument[], market: string): boolean =>
  instruments.some((each) => each.market === market)

const emptyFault = (market: string): WireFault => ({
  channel: 'listing',
  what: 'impossible',
  path: market,
  why: 'lists nothing where it listed something before',
  raw: '',
})

const byKey = (instruments: readonly Instrument[]): Map<string, Instrument> =>
  new Map(instruments.map((each) => [keyOf(each.market, each.instrument), each] as const))

const keyOf = (market: string, name: string): string => `${market}/${name}`

/** A venue seems to list nothing. */
export class NothingListedError extends DeskError {
  constructor(venue: string) {
    super('NOTHING_LISTED', `${venue} lists nothing that can be read`, { retry: 'later' })
  }
}
