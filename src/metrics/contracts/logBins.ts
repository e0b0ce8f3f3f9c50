/** Bins of one width on the axis of log price: bin 0 of the list is number `first` from a price of 1 up. */
export interface LogBins {
  readonly first: number
  readonly count: number
  /** Of each bin, in natural logarithms. */
  readonly width: number
}

/** Width of the bins of an estimated map: half a percent of the price. */
export const BIN_WIDTH = 0.005

/**
 * The bins that hold all prices from one to another.
 * @param low - above 0
 * @param high - not below `low`
 * @example binsOver(100, 101, 0.005).count // 3
 */
export function binsOver(low: number, high: number, width: number): LogBins {
  const first = Math.floor(Math.log(low) / width)
  return { first, count: Math.floor(Math.log(high) / width) - first + 1, width }
}

/**
 * The bins that reach at least so far on either side of a price.
 * @param reach - in natural logarithms
 * @example binsAround(100, 0.1, 0.005).count // 41
 */
export const binsAround = (price: number, reach: number, width: number): LogBins =>
  binsOver(price * Math.exp(-reach), price * Math.exp(reach), width)

/**
 * The place of a price among bins.
 * @returns below 0, or `count` and above, where it lies outside; NaN for a price that is not positive
 * @example placeOf(100, binsAround(100, 0.1, 0.005)) // 20
 */
export const placeOf = (price: number, { first, width }: LogBins): number =>
  price > 0 ? Math.floor(Math.log(price) / width) - first : NaN

/**
 * The price in the middle of each bin, ascending.
 * @example binMiddles({ first: 0, count: 2, width: 2 }) // [e, e ** 3]
 */
export const binMiddles = ({ first, count, width }: LogBins): Float64Array =>
  Float64Array.from({ length: count }, (_, place) => Math.exp((first + place + 0.5) * width))

/**
 * Lays amounts into bins by their prices; those outside are left out.
 * @example binned([{ price: 100, usd: 5 }], binsAround(100, 0.01, 0.005)) // Float64Array [0, 0, 5, 0, 0]
 */
export function binned(
  amounts: readonly { readonly price: number; readonly usd: number }[],
  bins: LogBins,
): Float64Array {
  const out = new Float64Array(bins.count)
  for (const { price, usd } of amounts) {
    const place = placeOf(price, bins)
    if (place >= 0 && place < bins.count) out[place] = (out[place] as number) + usd
  }
  return out
}

/**
 * Amounts of some bins laid on others of the same width; 0 where the first have none, and what lies outside the others is left out.
 * @example onBins(Float64Array.of(7, 8), { first: 3, count: 2, width: 1 }, { first: 4, count: 2, width: 1 }) // [8, 0]
 */
export function onBins(amounts: Float64Array, own: LogBins, wanted: LogBins): Float64Array {
  const out = new Float64Array(wanted.count)
  const shift = own.first - wanted.first
  for (let place = Math.max(0, -shift); place < own.count && place + shift < wanted.count; place++) {
    out[place + shift] = amounts[place] as number
  }
  return out
}
