import { bodyAt, isWhite, type PatternBars } from './candle.ts'
import { body, openingReach, opensAtClose } from './yardstick.ts'
import { patternColumn, patternFamily, patternFamily24h, type Pattern } from './pattern.ts'

/** How deep into the first body the second must close, TA-Lib's default. */
const PENETRATION = 0.5

/**
 * Dark cloud cover: a black candle that opens above the high of the long white one before it and closes within its real body, below the
 * middle. Always bearish; the trend before it is not looked at.
 * @see TA-Lib CDLDARKCLOUDCOVER (penetration 0.5), equal on every bar
 */
const darkCloud: Pattern = {
  lookback: 11,
  yardsticks: [body(1)],
  judge: (bars, i, lengths, at) =>
    (bars.open[i] as number) > (bars.high[i - 1] as number) && darkens(bars, i, lengths[at] as number) ? -100 : 0,
}

/** {@link darkCloud} for a market without sessions: it opens at the previous close instead of above the high (our definition). */
const darkCloud24h: Pattern = {
  lookback: 11,
  yardsticks: [body(1), openingReach(0)],
  judge: (bars, i, lengths, at) =>
    opensAtClose(bars, i, lengths[at + 1] as number) && darkens(bars, i, lengths[at] as number) ? -100 : 0,
}

/**
 * {@link darkCloud} over whole columns.
 * @returns -100 where one completes, else 0; 0 on the first 11 bars
 * @example darkCloudPattern({ open, high, low, close })[i] // -100
 */
export const darkCloudPattern = (bars: PatternBars): Int8Array => patternColumn(darkCloud, bars)

/**
 * {@link darkCloud24h} over whole columns.
 * @returns -100 where one completes, else 0; 0 on the first 15 bars
 * @example darkCloud24hPattern({ open, high, low, close })[i] // -100
 */
export const darkCloud24hPattern = (bars: PatternBars): Int8Array => patternColumn(darkCloud24h, bars)

/** Setup `dark_cloud`. */
export const darkCloudFamily = patternFamily(darkCloud, { short: ['dark_cloud', 'Dark cloud cover'] })

/** Setup `dark_cloud_24h`. */
export const darkCloud24hFamily = patternFamily24h(darkCloud24h, {
  short: ['dark_cloud_24h', 'Dark cloud cover (24 h form)'],
})

/** All of the pattern but the opening. */
function darkens(bars: PatternBars, i: number, long: number): boolean {
  if (!isWhite(bars, i - 1) || isWhite(bars, i)) return false
  const first = bodyAt(bars, i - 1)
  const close = bars.close[i] as number
  return (
    first > long && close > (bars.open[i - 1] as number) && close < (bars.close[i - 1] as number) - first * PENETRATION
  )
}
