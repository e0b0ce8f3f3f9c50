import { ASSETS } from '../conventions/assets/assetGraph.ts'
import { formatInstant, type InstantMs } from '../core/instant.ts'
import type { SeriesOffer } from '../frames/seriesOffer.ts'
import { readInstruments } from '../store/queries/readInstruments.ts'
import type { Desk } from './desk.ts'
import { heldInstruments, type HeldInstrument } from './heldInstruments.ts'
import { offersOf } from './readOffers.ts'

/** A series as JSON prints it. */
export interface PrintedSeries {
  readonly interval: string
  readonly from: string
  readonly to: string
}

/** An instrument as JSON prints it. */
export interface PrintedInstrument {
  readonly venue: string
  readonly market: string
  readonly instrument: string
  readonly quote: string
  /** Coins in one unit. */
  readonly multiplier: number
  readonly simulated: boolean
  readonly series: readonly PrintedSeries[]
}

export interface AssetsAnswer {
  readonly asOf: string
  readonly assets: readonly {
    readonly asset: string
    /** The thing's own name, where the graph has it. */
    readonly name: string | null
    readonly instruments: readonly PrintedInstrument[]
  }[]
  readonly missing: readonly string[]
}

/** Every asset that candles are held of as known at T, with its instruments. */
export async function answerAssets(desk: Desk, asOf: InstantMs): Promise<AssetsAnswer> {
  const held = heldInstruments(await offersOf(desk, await readInstruments(desk.store), () => true, asOf))
  const assets = [...new Set(held.map(({ instrument }) => instrument.asset))].toSorted()
  return {
    asOf: formatInstant(asOf),
    assets: assets.map((asset) => ({
      asset,
      name: ASSETS.find(({ id }) => id === asset)?.name ?? null,
      instruments: held.filter(({ instrument }) => instrument.asset === asset).map(printInstrument),
    })),
    missing: held.length === 0 ? ['candles of any asset: assayer import candles FILE --venue VENUE'] : [],
  }
}

export const printInstrument = ({ instrument: is, series }: HeldInstrument): PrintedInstrument => ({
  venue: is.venue,
  market: is.market,
  instrument: is.instrument,
  quote: is.quote,
  multiplier: is.multiplier,
  simulated: is.simulated,
  series: series.map(printSeries),
})

const printSeries = ({ interval, from, to }: SeriesOffer): PrintedSeries => ({
  interval,
  from: formatInstant(from),
  to: formatInstant(to),
})
