import { ASSETS, STATEMENTS } from './assetGraph.ts'
import { instrumentEras, type InstrumentEra, type StoredInstrument } from './instrumentEras.ts'

/** An instrument in the time in which it was one asset. */
export interface HeldEra {
  readonly instrument: StoredInstrument
  readonly era: InstrumentEra
}

export interface Alike {
  /** Ids of assets that the name means or could be taken for, in order. */
  readonly assets: readonly string[]
  /** Held instruments that were one of these, or are called like it. */
  readonly eras: readonly HeldEra[]
}

/**
 * What could be meant by a name: the assets that it means on any venue at any time, what these became or came from, all their
 * instruments, and instruments whose ticker begins with the name or is its beginning (four letters at least).
 * @param name - an asset, a ticker, or an instrument with or without its quote, in any case
 * @param held - every instrument there is
 * @example alikeTo('NEIRO', held).assets // ['NEIRO', 'NEIROETH']
 */
export function alikeTo(name: string, held: readonly StoredInstrument[]): Alike {
  const wanted = name.toUpperCase()
  const all = held.flatMap((instrument) => instrumentEras(instrument).map((era) => ({ instrument, era })))
  const named = all.filter(({ instrument }) => writings(instrument).includes(wanted))
  const names = new Set([wanted, ...named.flatMap(({ era }) => [era.asset, era.ticker ?? era.asset])])
  const meant = new Set([
    ...names,
    ...STATEMENTS.filter(({ ticker }) => names.has(ticker.toUpperCase())).map(({ asset }) => asset),
    ...all
      .filter(({ era }) => era.ticker !== undefined && names.has(era.ticker.toUpperCase()))
      .map(({ era }) => era.asset),
  ])
  const assets = new Set([...meant, ...[...meant].flatMap(neighbours)])
  const eras = all.filter(
    ({ era }) => assets.has(era.asset) || [...names].some((each) => beginsAlike(era.ticker ?? era.asset, each)),
  )
  const found = new Set([...assets].filter((id) => isKnown(id) || eras.some(({ era }) => era.asset === id)))
  return { assets: [...found, ...eras.map(({ era }) => era.asset)].filter(isFirst).toSorted(), eras }
}

/** A name of an instrument as one may type it. */
const writings = ({ instrument, quote }: StoredInstrument): readonly string[] => {
  const whole = instrument.toUpperCase()
  const base = whole.split(/[-_/:]/)[0] ?? whole
  return [whole, base, base.endsWith(quote) ? base.slice(0, -quote.length) : base]
}

/** What an asset became, and what became it. */
const neighbours = (id: string): readonly string[] => [
  ...ASSETS.filter((entry) => entry.became?.asset === id).map((entry) => entry.id),
  ...ASSETS.flatMap((entry) => (entry.id === id && entry.became !== undefined ? [entry.became.asset] : [])),
]

const SHORTEST = 4
const beginsAlike = (a: string, b: string): boolean =>
  Math.min(a.length, b.length) >= SHORTEST && (a.startsWith(b) || b.startsWith(a))

const isKnown = (id: string): boolean => ASSETS.some((entry) => entry.id === id)
const isFirst = (id: string, i: number, all: readonly string[]): boolean => all.indexOf(id) === i
