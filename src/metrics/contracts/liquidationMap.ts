import { onBins, type LogBins } from './logBins.ts'

/** Dollars that would be liquidated, by bin of price and side. */
export interface SidedBins {
  readonly longUsd: Float64Array
  readonly shortUsd: Float64Array
}

/** An estimated map: dollars by bin, side and tier of leverage. A position is counted at the middle price of its bin. */
export interface LiquidationMap extends SidedBins {
  readonly bins: LogBins
  readonly tiers: readonly (SidedBins & { readonly leverage: number })[]
}

/**
 * Maps of several instruments as one: dollars are added bin by bin, tiers of one leverage are one.
 * @param maps - of one bin width
 * @returns undefined for no maps
 * @example sumMaps([binance, bybit])?.longUsd
 */
export function sumMaps(maps: readonly LiquidationMap[]): LiquidationMap | undefined {
  const [one] = maps
  if (one === undefined) return undefined
  const first = Math.min(...maps.map(({ bins }) => bins.first))
  const end = Math.max(...maps.map(({ bins }) => bins.first + bins.count))
  const bins = { first, count: end - first, width: one.bins.width }
  const added = (parts: readonly (SidedBins & { readonly own: LogBins })[]): SidedBins => {
    const [longUsd, shortUsd] = [new Float64Array(bins.count), new Float64Array(bins.count)]
    for (const { own, ...part } of parts) {
      for (const [place, usd] of onBins(part.longUsd, own, bins).entries())
        longUsd[place] = (longUsd[place] as number) + usd
      for (const [place, usd] of onBins(part.shortUsd, own, bins).entries())
        shortUsd[place] = (shortUsd[place] as number) + usd
    }
    return { longUsd, shortUsd }
  }
  const leverages = [...new Set(maps.flatMap(({ tiers }) => tiers.map(({ leverage }) => leverage)))].toSorted(
    (a, b) => a - b,
  )
  return {
    bins,
    ...added(maps.map((map) => ({ ...map, own: map.bins }))),
    tiers: leverages.map((leverage) => ({
      leverage,
      ...added(
        maps.flatMap((map) =>
          map.tiers.filter((tier) => tier.leverage === leverage).map((tier) => ({ ...tier, own: map.bins })),
        ),
      ),
    })),
  }
}
