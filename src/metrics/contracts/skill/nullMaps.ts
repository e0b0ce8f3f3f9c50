import { placeOf, type LogBins } from '../logBins.ts'

/** What a profile of volume is made of: one value per bucket. */
export interface Traded {
  readonly low: Float64Array
  readonly high: Float64Array
  readonly vwap: Float64Array
  /** Coins. */
  readonly volume: Float64Array
}

/**
 * Null map: volume by price. What traded in each bucket, in quote units, is spread evenly over the bins from its low to its high. It
 * takes no part of what a map of liquidations claims to know: neither open interest nor leverage.
 * @param from - first bucket
 * @param to - the bucket after the last
 * @returns quote units per bin; what lies outside the bins is left out
 */
export function volumeProfile(
  { low, high, vwap, volume }: Traded,
  from: number,
  to: number,
  bins: LogBins,
): Float64Array {
  const out = new Float64Array(bins.count)
  for (let i = from; i < to; i++) {
    const [first, last] = [placeOf(low[i] as number, bins), placeOf(high[i] as number, bins)]
    const share = ((volume[i] as number) * (vwap[i] as number)) / (last - first + 1)
    for (let place = Math.max(0, first); place <= Math.min(bins.count - 1, last); place++) {
      out[place] = (out[place] as number) + share
    }
  }
  return out
}

/**
 * Null map: a profile with its mirror image about the price added, as those use it who look for stops and liquidations on either side
 * of a price that came from one side only.
 * @param profile - per bin
 * @param price - where the mirror stands
 * @example mirrored(Float64Array.of(3, 1, 0, 0, 0), 100, binsAround(100, 0.01, 0.005)) // Float64Array [3, 1, 0, 1, 3]
 */
export function mirrored(profile: Float64Array, price: number, bins: LogBins): Float64Array {
  const centre = placeOf(price, bins)
  return profile.map((own, place) => own + (place === centre ? 0 : (profile[2 * centre - place] ?? 0)))
}
