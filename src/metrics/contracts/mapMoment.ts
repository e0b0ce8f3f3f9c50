import type { SidedBins } from './liquidationMap.ts'
import { binMiddles, type LogBins } from './logBins.ts'

/** How far from the price a map is shown, in natural logarithms: from half to double. */
const SHOWN_WITHIN = Math.log(2)

/** A map by its bins, estimated or of positions that are published. */
export interface BinnedMap extends SidedBins {
  readonly bins: LogBins
}

/** A map as it is shown at one moment: bins ascending, dollars. */
export interface MapMoment extends SidedBins {
  /** Middle of each bin. */
  readonly price: Float64Array
  /** Longs from the price down to each bin, and shorts from the price up to it; 0 on the other side of the price. */
  readonly longSum: Float64Array
  readonly shortSum: Float64Array
  /** The price that the map is seen from. */
  readonly mark: number
  /** Of each bin, in natural logarithms. */
  readonly binWidth: number
}

/**
 * A map seen from a price: longs below it and shorts above it, each summed up from it. Levels that lie on the wrong side of the price, where
 * instruments differ in what they traded at, are left out.
 * @param map - of one or more instruments
 * @param mark - quote per coin
 * @param reach - bins so far from the price are shown, in natural logarithms
 * @example mapMoment(map, 1800).shortSum.at(-1) // all shorts up to 3,600, dollars
 */
export function mapMoment({ bins, longUsd, shortUsd }: BinnedMap, mark: number, reach = SHOWN_WITHIN): MapMoment {
  const middles = binMiddles(bins)
  const shown = Array.from(middles, (_, bin) => bin).filter(
    (bin) => Math.abs(Math.log((middles[bin] as number) / mark)) <= reach,
  )
  const price = Float64Array.from(shown, (bin) => middles[bin] as number)
  const longs = price.map((at, i) => (at < mark ? (longUsd[shown[i] as number] as number) : 0))
  const shorts = price.map((at, i) => (at > mark ? (shortUsd[shown[i] as number] as number) : 0))
  const longSum = summed(longs.toReversed()).toReversed()
  return {
    price,
    longUsd: longs,
    shortUsd: shorts,
    longSum: longSum.map((usd, i) => ((price[i] as number) < mark ? usd : 0)),
    shortSum: summed(shorts),
    mark,
    binWidth: bins.width,
  }
}

function summed(values: Float64Array): Float64Array {
  let sum = 0
  return values.map((value) => (sum += value))
}
