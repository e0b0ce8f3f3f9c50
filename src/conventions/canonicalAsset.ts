import type { SymbolRef } from './symbols.ts'

/** A coin whose ticker is already the name of something that is no coin, and the id it has here instead. */
interface Homonym {
  readonly ticker: string
  readonly asset: string
  /** What the bare ticker means in a note or a claim. */
  readonly otherwise: string
}

const HOMONYMS: readonly Homonym[] = [{ ticker: 'SPX', asset: 'SPX6900', otherwise: 'the S&P 500 index' }]

/**
 * The id of the asset that a ticker names on a market. Most tickers are the id; a coin that took the ticker of an index has an
 * id of its own, so that "BTC against SPX" is never computed from a memecoin.
 * @param ticker - as `splitSymbol` gives it
 * @param market - `index` keeps the ticker: there it is the index itself
 * @example canonicalAsset('SPX', 'perp') // 'SPX6900'
 */
export function canonicalAsset(ticker: string, market: SymbolRef['market']): string {
  const homonym = market === 'index' ? undefined : HOMONYMS.find((each) => each.ticker === ticker)
  return homonym?.asset ?? ticker
}
