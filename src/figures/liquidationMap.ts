import { GridMismatchError } from '../core/errors.ts'

/** Where positions would be liquidated: dollars per bin of price, by side. */
export interface LiquidationMapInput {
  /** Middle of each bin, ascending, evenly spaced in ratio. */
  readonly price: Float64Array
  /** Dollars of longs, and of shorts, that would be liquidated in each bin; NaN is a gap. */
  readonly longUsd: Float64Array
  readonly shortUsd: Float64Array
  /** The price that the map is seen from. */
  readonly mark: number
  /** `estimate` is hatched and says so; `published` positions are solid. */
  readonly basis: 'estimate' | 'published'
}

/** A map with the edges of its bins and its sums. */
export interface MapView extends LiquidationMapInput {
  /** Lower edge of every bin, and last the upper edge of the last one. */
  readonly edges: Float64Array
  /** Dollars of shorts from the lowest bin up to the end of each, and of longs from the highest bin down to it. */
  readonly shortSum: Float64Array
  readonly longSum: Float64Array
  /** Bins with the most shorts and the most longs; `undefined` where there are none. */
  readonly mostShorts: number | undefined
  readonly mostLongs: number | undefined
}

/**
 * The edges and sums of a map. An edge is the geometric mean of the middles beside it; bins at the ends are as wide as their neighbours.
 * @throws {GridMismatchError} a column has not one value a bin
 */
export function mapView(input: LiquidationMapInput): MapView {
  const { price, longUsd, shortUsd } = input
  for (const { length } of [longUsd, shortUsd]) {
    if (length !== price.length)
      throw new GridMismatchError(`a map of ${price.length} bins has a column of ${length} values`)
  }
  return {
    ...input,
    edges: binEdges(price),
    shortSum: summed(shortUsd),
    longSum: summed(longUsd.toReversed()).toReversed(),
    mostShorts: mostOf(shortUsd),
    mostLongs: mostOf(longUsd),
  }
}

/**
 * The edges of bins from their middles: one more than there are bins; none for no bins.
 * @example binEdges(Float64Array.of(1, 4, 16)) // [0.5, 2, 8, 32]
 */
export function binEdges(middles: Float64Array): Float64Array {
  const { length } = middles
  if (length === 0) return new Float64Array(0)
  const at = (i: number): number => middles[i] as number
  const ratio = (i: number): number => (length === 1 ? 1.01 : Math.sqrt(at(i + 1) / at(i)))
  return Float64Array.from({ length: length + 1 }, (_, i) => {
    if (i === 0) return at(0) / ratio(0)
    return i === length ? at(length - 1) * ratio(Math.max(0, length - 2)) : Math.sqrt(at(i - 1) * at(i))
  })
}

/** Running sum; a gap adds nothing. */
function summed(values: Float64Array): Float64Array {
  let sum = 0
  return values.map((value) => (sum += Number.isNaN(value) ? 0 : value))
}

function mostOf(values: Float64Array): number | undefined {
  let best: number | undefined
  for (const [i, value] of values.entries()) if (value > (best === undefined ? 0 : (values[best] as number))) best = i
  return best
}
