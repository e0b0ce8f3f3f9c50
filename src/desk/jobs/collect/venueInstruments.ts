import type { Instrument } from '../../../records/instrument.ts'
import type { MapContext, VenueSource } from '../../../sources/source.ts'
import type { WireFault } from '../../../sources/wire/wireFault.ts'
import { chooseInstruments, instrumentOf } from './chooseInstruments.ts'
import type { VenueLink } from './venueLink.ts'

/** What a listing changed. */
export interface Relisted {
  readonly appeared: readonly Instrument[]
  readonly vanished: readonly Instrument[]
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
    return this.#chosen.get(keyOf(market, name))
  }

  /** Reads the listing and tells what is new in it and what is gone; at first everything is new. */
  async relist(): Promise<Relisted> {
    const { listed, faults } = await this.#source.fetchListing(this.#link)
    const is = { simulated: this.#simulated, at: this.#link.now() }
    const instruments = listed.map((each) => instrumentOf(each, is))
    const before = this.#chosen
    this.#listed = byKey(instruments)
    this.#chosen = byKey(chooseInstruments(instruments, this.#assets))
    const appeared = [...this.#chosen].filter(([key]) => !before.has(key)).map(([, each]) => each)
    const vanished = [...before].filter(([key]) => !this.#chosen.has(key)).map(([, each]) => each)
    return { appeared, vanished, faults }
  }

  /** What mapping needs to know now. */
  readonly context = (): MapContext => ({
    venue: this.#source.venue,
    now: this.#link.now(),
    instrument: (market, name) => {
      const key = keyOf(market, name)
      return this.#chosen.get(key) ?? (this.#listed.has(key) ? 'left out' : undefined)
    },
  })
}

const byKey = (instruments: readonly Instrument[]): Map<string, Instrument> =>
  new Map(instruments.map((each) => [keyOf(each.market, each.instrument), each] as const))

const keyOf = (market: string, name: string): string => `${market}/${name}`
