import type { InstantMs } from '../../core/instant.ts'
import { tickerEras, type TickerEra, type TickerRef } from './tickerEras.ts'

/**
 * The asset that a ticker means there and then; the ticker itself where the graph says nothing.
 * @param ref - ticker, venue, market and multiplier as `splitSymbol` gives them
 * @param at - when it was used
 * @returns the era that holds `at`: the asset, coins of it in one coin of the ticker, how it is known and from where
 * @example resolveAsset({ ticker: 'NEIRO', venue: 'bybit', market: 'spot' }, at).asset // 'NEIROETH'
 */
export function resolveAsset(ref: TickerRef, at: InstantMs): TickerEra {
  const eras = tickerEras(ref)
  return eras.findLast(({ from }) => from <= at) ?? (eras[0] as TickerEra)
}
