import { readEntries, type AssetEntry } from './assetEntry.ts'
import { EXCHANGED } from './entries/exchanged.ts'
import { IN_MULTIPLES } from './entries/inMultiples.ts'
import { RENAMED } from './entries/renamed.ts'
import { SHARED_TICKERS } from './entries/sharedTickers.ts'
import { tickerStatements, type TickerStatement } from './tickerStatements.ts'

/** What is known of assets whose names mislead. An asset that is not here is what its ticker says. */
export const ASSETS: readonly AssetEntry[] = readEntries([...SHARED_TICKERS, ...RENAMED, ...EXCHANGED, ...IN_MULTIPLES])

/** What they say of tickers. */
export const STATEMENTS: readonly TickerStatement[] = tickerStatements(ASSETS)
