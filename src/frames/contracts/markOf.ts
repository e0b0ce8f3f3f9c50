import { median } from '../../core/sum.ts'
import type { PositionRow } from './openPositions.ts'

/**
 * The mark price that positions were valued at: entry price plus profit per coin, the median of them, as venues round both.
 * @param positions - of one asset at one moment
 * @returns quote units per coin; NaN where none tells entry and profit
 * @example markOf([{ coins: -2, entryPrice: 2000, unrealised: 400, … }]) // 1800
 */
export const markOf = (positions: readonly PositionRow[]): number =>
  median(positions.map(({ coins, entryPrice = NaN, unrealised = NaN }) => entryPrice + unrealised / coins))

/**
 * What positions are worth at the mark they were valued at, by side.
 * @returns quote units; positions that do not tell entry and profit are not in it
 * @example valueOf([{ coins: -2, entryPrice: 2000, unrealised: 400, … }]) // { long: 0, short: 3600 }
 */
export function valueOf(positions: readonly PositionRow[]): { readonly long: number; readonly short: number } {
  let [long, short] = [0, 0]
  for (const { coins, entryPrice = NaN, unrealised = NaN } of positions) {
    const value = coins * entryPrice + unrealised
    if (Number.isNaN(value)) continue
    if (coins > 0) long += value
    else short -= value
  }
  return { long, short }
}
