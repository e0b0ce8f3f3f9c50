import { binMiddles, type LogBins } from './logBins.ts'

/** Bins of a liquidation map, as far as its outline is read from them. */
export interface MapBins {
  /** The price that the map is seen from. */
  readonly mark: number
  readonly bins: LogBins
  /** Dollars of longs, and of shorts, that would be liquidated in each bin. */
  readonly longUsd: Float64Array
  readonly shortUsd: Float64Array
}

/** A liquidation map in four numbers. */
export interface MapOutline {
  /**
   * Middle of the bin above the mark, up to double of it, with the most shorts, and of the one below, down to half, with the most longs;
   * NaN where there are none.
   */
  readonly largestAbove: number
  readonly largestBelow: number
  /** Dollars of shorts in the bins up to ten percent above the mark, and of longs in those down to ten percent below. */
  readonly aboveUsd: number
  readonly belowUsd: number
}

/** How far from the mark dollars are summed, as a share of it. */
const OUTLINE_REACH = 0.1
/** Beyond double and half the mark lie positions that hardly any move ends, however large. */
const FARTHEST_BIN = 2

/**
 * What a liquidation map comes to. A bin counts by its middle; of bins that hold as much the one nearest to the mark is the largest.
 * @example mapOutline({ mark: 100, bins, longUsd: [7, 0], shortUsd: [0, 9] }) // { largestAbove: 105, largestBelow: 95, aboveUsd: 9, belowUsd: 7 }
 */
export function mapOutline({ mark, bins, longUsd, shortUsd }: MapBins): MapOutline {
  const price = binMiddles(bins)
  let [above, below] = [-1, -1]
  let [aboveUsd, belowUsd] = [0, 0]
  for (const [i, middle] of price.entries()) {
    if (middle > mark * FARTHEST_BIN || middle < mark / FARTHEST_BIN) continue
    const [longs, shorts] = [longUsd[i] as number, shortUsd[i] as number]
    if (middle > mark && shorts > (shortUsd[above] ?? 0)) above = i
    if (middle < mark && longs > 0 && longs >= (longUsd[below] ?? 0)) below = i
    if (middle > mark && middle <= mark * (1 + OUTLINE_REACH)) aboveUsd += shorts
    if (middle < mark && middle >= mark * (1 - OUTLINE_REACH)) belowUsd += longs
  }
  return { largestAbove: price[above] ?? NaN, largestBelow: price[below] ?? NaN, aboveUsd, belowUsd }
}
