import { instant, parseInstant, type InstantMs } from '../../core/instant.ts'
import type { SymbolRef } from '../symbols.ts'
import type { AssetEntry } from './assetEntry.ts'

/** That a ticker means an asset: where, and from when to when. What is not said holds everywhere. */
export interface TickerStatement {
  readonly ticker: string
  readonly asset: string
  /** Coins of the asset in one coin that the ticker names; not 1 where it was redenominated since. */
  readonly coins: number
  readonly venue: string | undefined
  readonly market: SymbolRef['market'] | undefined
  readonly multiplier: number | undefined
  readonly from: InstantMs
  readonly to: InstantMs
  /** `id`: the ticker is the asset's id, and nothing more particular is known. */
  readonly kind: 'ticker' | 'renamed' | 'id'
  /** None for an id. */
  readonly evidence: string | undefined
}

const EVERYWHERE = { venue: undefined, market: undefined, multiplier: undefined }

/**
 * Everything that entries say of tickers, one statement a row: their tickers, their former names, and their ids.
 * @example tickerStatements(ASSETS).filter(({ ticker }) => ticker === 'MATIC')[0].asset // 'POL'
 */
export const tickerStatements = (entries: readonly AssetEntry[]): readonly TickerStatement[] =>
  entries.flatMap((entry) => [
    ...entry.tickers.map(({ from, to, ...said }) => ({
      ...EVERYWHERE,
      ...said,
      asset: entry.id,
      coins: 1,
      ...lasting(from, to),
      kind: 'ticker' as const,
    })),
    ...entry.formerly.map(({ ticker, coins, to, evidence }) => ({
      ...EVERYWHERE,
      ticker,
      asset: entry.id,
      coins,
      ...lasting(undefined, to),
      kind: 'renamed' as const,
      evidence,
    })),
    {
      ...EVERYWHERE,
      ...lasting(undefined, undefined),
      ticker: entry.id,
      asset: entry.id,
      coins: 1,
      kind: 'id' as const,
      evidence: undefined,
    },
  ])

const lasting = (from: string | undefined, to: string | undefined) => ({
  from: from === undefined ? instant(-Infinity) : parseInstant(from),
  to: to === undefined ? instant(Infinity) : parseInstant(to),
})
