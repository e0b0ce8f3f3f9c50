import { instant, type InstantMs } from '../../core/instant.ts'
import type { SymbolRef } from '../symbols.ts'
import { STATEMENTS } from './assetGraph.ts'
import type { TickerStatement } from './tickerStatements.ts'

/** A ticker as a venue uses it, as `splitSymbol` gives it. Without venue or market, what it means in general. */
export interface TickerRef {
  readonly ticker: string
  readonly venue?: string
  readonly market?: SymbolRef['market']
  /** Coins in one unit, as the name says; 1 unless said. */
  readonly multiplier?: number
}

/** A stretch of time in which a ticker means one asset. */
export interface TickerEra {
  readonly asset: string
  /** Coins of the asset in one coin that the ticker names. */
  readonly coins: number
  /** First instant and the one after the last; infinite where nothing bounds it. */
  readonly from: InstantMs
  readonly to: InstantMs
  /** `name`: the graph says nothing, so the ticker itself is the id. */
  readonly kind: TickerStatement['kind'] | 'name'
  readonly evidence: string | undefined
}

/**
 * What a ticker means over time. Of several statements the most particular stands: one of the venue before one of the market
 * before one of the multiplier before one of everywhere, and any of these before the asset's id.
 * @param ref - ticker, and where it is used
 * @param statements - those of the graph, unless others are given
 * @returns at least one era; they are in order, without gaps, and two that follow each other differ in asset or
 *   coins; of several reasons for one era the last with evidence is given
 * @example tickerEras({ ticker: 'LUNA', venue: 'binance' }).map(({ asset }) => asset) // ['LUNC', 'LUNA']
 */
export function tickerEras(ref: TickerRef, statements: readonly TickerStatement[] = STATEMENTS): readonly TickerEra[] {
  const known = statements.filter((said) => said.ticker === ref.ticker && isAbout(said, ref))
  const bounds = [...new Set([-Infinity, ...known.flatMap(({ from, to }) => [from, to])])]
    .filter((bound) => bound < Infinity)
    .toSorted((a, b) => a - b)
  const eras: TickerEra[] = []
  for (const [i, bound] of bounds.entries()) {
    const era = eraAt(ref.ticker, known, instant(bound), instant(bounds[i + 1] ?? Infinity))
    const last = eras.at(-1)
    if (last === undefined || last.asset !== era.asset || last.coins !== era.coins) eras.push(era)
    else eras[eras.length - 1] = { ...(era.evidence === undefined ? last : era), from: last.from, to: era.to }
  }
  return eras
}

const isAbout = (said: TickerStatement, { venue, market, multiplier = 1 }: TickerRef): boolean =>
  (said.venue === undefined || said.venue === venue) &&
  (said.market === undefined || said.market === market) &&
  (said.multiplier === undefined || said.multiplier === multiplier)

function eraAt(ticker: string, known: readonly TickerStatement[], from: InstantMs, to: InstantMs): TickerEra {
  const [best] = known
    .filter((said) => said.from <= from && from < said.to)
    .toSorted((a, b) => particularity(b) - particularity(a))
  if (best === undefined) return { asset: ticker, coins: 1, from, to, kind: 'name', evidence: undefined }
  const { asset, coins, kind, evidence } = best
  return { asset, coins, from, to, kind, evidence }
}

/** Two statements about one thing that are equally particular must not differ; a test of the graph sees to that. */
export const particularity = ({ venue, market, multiplier, kind }: TickerStatement): number =>
  (venue === undefined ? 0 : 8) +
  (market === undefined ? 0 : 4) +
  (multiplier === undefined ? 0 : 2) +
  (kind === 'id' ? 0 : 1)
