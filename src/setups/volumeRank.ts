/** Bars that a volume is ranked among, itself included, and how many of them are its top 5 %. */
const BARS = 60
const TOP = 3

/** How large a bar's volume is among the last 60. */
export interface VolumeRank {
  readonly word: 'shakeout' | 'quiet' | 'ordinary' | 'unknown'
  /** Share of the 59 bars before with a smaller volume, in percent; NaN where unknown. */
  readonly percentile: number
}

/**
 * Rank of the volume of bar `i` among the 60 bars that end with it: `shakeout` in the top 5 % (at most 2 others as large),
 * `quiet` below their median (30 of them are larger), else `ordinary`.
 * @param volume - any unit, one per bar, oldest first, without gaps up to `i`
 * @returns `unknown` where there are fewer than 60 bars or one of them has no volume
 * @example volumeRank(rising, 99).word // 'shakeout'
 */
export function volumeRank(volume: Float64Array, i: number): VolumeRank {
  if (i < BARS - 1) return UNKNOWN
  const own = volume[i] as number
  let smaller = 0
  let larger = 0
  let equal = 0
  for (let j = i - BARS + 1; j < i; j++) {
    const other = volume[j] as number
    if (other < own) smaller++
    else if (other > own) larger++
    else if (other === own) equal++
  }
  if (smaller + larger + equal < BARS - 1) return UNKNOWN
  const word = larger + equal < TOP ? 'shakeout' : larger >= BARS / 2 ? 'quiet' : 'ordinary'
  return { word, percentile: (100 * smaller) / (BARS - 1) }
}

const UNKNOWN: VolumeRank = { word: 'unknown', percentile: NaN }
