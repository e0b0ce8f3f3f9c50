import { BodyTotal, bodyAt, isWhite, type PatternBars } from './candleTotal.ts'
import { opensAtPreviousClose, type Opening } from './opening.ts'
import { patternColumn, patternFamily, patternFamily24h, type Pattern } from './pattern.ts'

/** How deep into the first body the second must close, TA-Lib's default. */
const PENETRATION = 0.5

/**
 * Dark cloud cover: a black candle that opens above the high of the long white one before it and closes within its real body, below the
 * middle. Always bearish; the trend before it is not looked at.
 * @see TA-Lib CDLDARKCLOUDCOVER (penetration 0.5), equal on every bar
 */
export const darkCloud: Pattern = darkCloudWith(
  () =>
    ({ open, high }, i) =>
      (open[i] as number) > (high[i - 1] as number),
)

/** {@link darkCloud} for a market without sessions: it opens at the previous close instead of above the high (our definition). */
export const darkCloud24h: Pattern = darkCloudWith(opensAtPreviousClose)

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

function darkCloudWith(opening: () => Opening): Pattern {
  return () => {
    const opens = opening()
    const bodies = new BodyTotal(0)
    return (bars, i) => {
      const isOpen = opens(bars, i)
      bodies.add(bars, i - 2)
      if (!isOpen || i < 11 || !isWhite(bars, i - 1) || isWhite(bars, i)) return 0
      const body = bodyAt(bars, i - 1)
      const close = bars.close[i] as number
      return body > bodies.mean() &&
        close > (bars.open[i - 1] as number) &&
        close < (bars.close[i - 1] as number) - body * PENETRATION
        ? -100
        : 0
    }
  }
}
