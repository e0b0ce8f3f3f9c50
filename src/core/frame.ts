import type { Candles, Grid } from './candles.ts'
import type { Interval } from './interval.ts'
import type { InstantMs } from './instant.ts'

/** What a measure must be given before it can be computed. */
export type Need =
  /**
   * `market` where the measure is of one market only; without it, whichever stands for the asset. With `closesOnly` a plain series by the
   * asset's name serves where there are no candles: an index has closes and nothing else.
   */
  | { readonly kind: 'candles'; readonly market?: 'spot' | 'perp'; readonly closesOnly?: true }
  | { readonly kind: 'quote'; readonly symbol: string }
  /** Closes of an asset, whichever one the frame is of: they stand among its quotes as `close(ETH)`. */
  | { readonly kind: 'closes'; readonly asset: string }
  | { readonly kind: 'columns'; readonly group: ColumnGroup }
  | { readonly kind: 'record'; readonly record: string; readonly why: string }

/**
 * Columns that are read together, from records other than candles and plain series, summed over the instruments of an asset or
 * taken of one of them. What each is called and counted in stands with the function in `frames/` that makes it.
 */
export type ColumnGroup =
  | 'open_interest'
  | 'market_cap'
  | 'spot_flow'
  | 'perp_flow'
  | 'spot_sizes'
  | 'perp_sizes'
  | 'funding'
  | 'long_short_accounts'
  | 'top_accounts'
  | 'top_positions'
  | 'taker_ratio'
  | 'liquidations'
  | 'wallets'
  | 'us_close'
  | 'rate_path'
  | 'rate_futures'
  | 'rate_now'
  | 'liquidation_map_1d'
  | 'liquidation_map_7d'
  | 'liquidation_map_30d'
  | 'liquidation_map_exact'

/** Which records a frame's columns came from; the answer to "where is this figure from". */
export interface Input {
  readonly kind: 'candles' | 'quote' | ColumnGroup
  readonly venue: string
  readonly market: string
  readonly instrument: string
  /** What its prices are counted in: `USDT`; for plain series, their own unit is not known. */
  readonly quote?: string
  /** The grid of the bars; of other records what their series says: `5m`, `1d mean`, `live`. */
  readonly interval: string
  /** The finer interval these bars were built from, where they were. */
  readonly builtFrom?: Interval
  /** Open of the first and close of the last bar read. */
  readonly from: InstantMs
  readonly to: InstantMs
  /** Bars with a value, and bars inside the range without one. */
  readonly rows: number
  readonly gaps: number
  readonly simulated: boolean
}

/** Columns on one grid as of T, with their provenance. `candles` is there only where candles were asked for. */
export interface Frame {
  readonly asset: string
  readonly asOf: InstantMs
  readonly interval: Interval
  readonly grid: Grid
  readonly candles?: Candles
  /** Last value per bar of plain series, by symbol, on the same grid. */
  readonly quotes: ReadonlyMap<string, Float64Array>
  /** Columns of the groups that were asked for, by name: `open_interest.coins`. */
  readonly columns: ReadonlyMap<string, Float64Array>
  readonly inputs: readonly Input[]
  /** Ids of the conventions applied on the way. */
  readonly conventions: readonly string[]
}
