import type { Interval } from '../core/interval.ts'
import type { InstantMs } from '../core/instant.ts'

/** A candle series that a store holds for an asset, as known at one instant. */
export interface SeriesOffer {
  readonly venue: string
  readonly market: string
  readonly instrument: string
  readonly interval: Interval
  readonly asset: string
  readonly quote: string
  /** Coins in one unit of the instrument. */
  readonly multiplier: number
  readonly simulated: boolean
  /** Open of the first bar known and close of the last. */
  readonly from: InstantMs
  readonly to: InstantMs
  readonly rows: number
  /** Turnover of the last 30 days known, in the quote unit. */
  readonly quoteVolume30d: number
  /** Where the instrument was another asset before or after: only bars that open in this stretch are this asset. */
  readonly within?: { readonly from?: InstantMs; readonly to?: InstantMs }
}
