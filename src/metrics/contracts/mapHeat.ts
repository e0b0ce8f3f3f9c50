import { gaps } from '../../core/candles.ts'
import type { LiquidationMap } from './liquidationMap.ts'
import { binMiddles, binsOver, onBins } from './logBins.ts'

/** Maps over time: a column a bin, dollars of longs and shorts together. */
export interface MapHeat {
  /** Middle of each bin, ascending. */
  readonly price: Float64Array
  /** A column for each bin, a value a moment; NaN at a moment without a map. */
  readonly usd: readonly Float64Array[]
}

/**
 * Lays maps of successive moments side by side.
 * @param maps - one a moment, all of one bin width; undefined where there is none
 * @param range - lowest and highest price to show
 * @returns no bins where there is no map at all
 * @example mapHeat(maps, { low: 1400, high: 2400 }).usd[0] // dollars in the lowest bin, moment by moment
 */
export function mapHeat(
  maps: readonly (LiquidationMap | undefined)[],
  { low, high }: { readonly low: number; readonly high: number },
): MapHeat {
  const width = maps.find((map) => map !== undefined)?.bins.width
  if (width === undefined) return { price: new Float64Array(0), usd: [] }
  const bins = binsOver(low, high, width)
  const usd = Array.from({ length: bins.count }, () => gaps(maps.length))
  for (const [moment, map] of maps.entries()) {
    if (map === undefined) continue
    const [longs, shorts] = [onBins(map.longUsd, map.bins, bins), onBins(map.shortUsd, map.bins, bins)]
    for (const [bin, column] of usd.entries()) column[moment] = (longs[bin] as number) + (shorts[bin] as number)
  }
  return { price: binMiddles(bins), usd }
}
