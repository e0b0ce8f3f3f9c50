import { alikeTo, type HeldEra } from '../conventions/assets/alike.ts'
import type { AssetEntry } from '../conventions/assets/assetEntry.ts'
import { ASSETS } from '../conventions/assets/assetGraph.ts'
import type { InstrumentEra } from '../conventions/assets/instrumentEras.ts'
import { formatInstant, parseInstant, type InstantMs } from '../core/instant.ts'
import { readInstruments } from '../store/queries/readInstruments.ts'
import { printInstrument, type PrintedInstrument } from './assets.ts'
import type { Desk } from './desk.ts'
import { heldInstruments, type HeldInstrument } from './heldInstruments.ts'
import { parityPairs } from './parityPairs.ts'
import { printPair, type PrintedPair } from './printPair.ts'
import { offersOf } from './readOffers.ts'
import { sayUnknownAsset } from './unknownAsset.ts'

export interface AssetQuestion {
  /** An asset, a ticker or an instrument, in any case. */
  readonly name: string
  readonly asOf: InstantMs
}

/** An instrument, the asset that it is, and why. */
export interface ExplainedInstrument extends PrintedInstrument {
  readonly ticker: string | null
  readonly asset: string
  /** How the asset is known: a statement on the ticker, a rename, the ticker is an id, nothing but the name, or whoever imported it. */
  readonly by: InstrumentEra['kind']
  readonly evidence: string | null
  /** Where it was another asset before or after: since when, and until when, it is this one. */
  readonly since: string | null
  readonly until: string | null
}

export interface AssetAnswer {
  readonly name: string
  readonly asOf: string
  /** What the graph says of the assets that could be meant; delistings and exchanges as far as they had happened. */
  readonly entries: readonly AssetEntry[]
  readonly instruments: readonly ExplainedInstrument[]
  readonly pairs: readonly PrintedPair[]
  readonly missing: readonly string[]
}

/** All that a name could mean: what is known of it, which instruments are what and why, and whether their prices agree. */
export async function explainAsset(desk: Desk, { name, asOf }: AssetQuestion): Promise<AssetAnswer> {
  const instruments = await readInstruments(desk.store)
  const alike = alikeTo(name, instruments)
  const related = instruments.filter((each) => alike.eras.some(({ instrument }) => instrument === each))
  const isMeant = (era: InstrumentEra): boolean => alike.assets.includes(era.asset)
  const held = heldInstruments(await offersOf(desk, related, isMeant, asOf))
  const pairs = await parityPairs(desk, held, asOf)
  return {
    name,
    asOf: formatInstant(asOf),
    entries: ASSETS.filter(({ id }) => alike.assets.includes(id)).map((entry) => entryAsOf(entry, asOf)),
    instruments: held.map((each) => explain(each, alike.eras)),
    pairs: pairs.map(printPair),
    missing: held.length === 0 ? [await sayMissing(desk, name)] : [],
  }
}

const sayMissing = async (desk: Desk, name: string): Promise<string> =>
  `candles of ${name} (${await sayUnknownAsset(desk, name.toUpperCase())}): assayer import candles FILE --venue VENUE`

function explain(held: HeldInstrument, eras: readonly HeldEra[]): ExplainedInstrument {
  const { venue, market, instrument, asset } = held.instrument
  const { era } = eras.find(
    ({ instrument: is, era: each }) =>
      is.venue === venue && is.market === market && is.instrument === instrument && each.asset === asset,
  ) as HeldEra
  return {
    ...printInstrument(held),
    ticker: era.ticker ?? null,
    asset,
    by: era.kind,
    evidence: era.evidence ?? null,
    since: Number.isFinite(era.from) ? formatInstant(era.from) : null,
    until: Number.isFinite(era.to) ? formatInstant(era.to) : null,
  }
}

/** An entry without what had not happened yet. */
function entryAsOf(entry: AssetEntry, asOf: InstantMs): AssetEntry {
  const { became, ...rest } = entry
  return {
    ...rest,
    ...(became !== undefined && dateOf(became.at) < asOf ? { became } : {}),
    delisted: entry.delisted.filter(({ at }) => dateOf(at) < asOf),
  }
}

const dateOf = (text: string): InstantMs => parseInstant(/^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text)
