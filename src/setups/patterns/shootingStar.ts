import { bodyAt, bodyHigh, bodyLow, lowerShadow, upperShadow, type PatternBars } from './candle.ts'
import { body, tenthOfRange } from './yardstick.ts'
import { patternColumn, patternFamily, type Pattern } from './pattern.ts'

/**
 * Shooting star: a short real body that lies wholly above the one before, an upper shadow longer than it and hardly a lower one.
 * Always bearish; the trend before it is not looked at.
 * @see TA-Lib CDLSHOOTINGSTAR, equal on every bar
 */
const shootingStar: Pattern = {
  lookback: 11,
  yardsticks: [body(0), tenthOfRange(0)],
  judge: (bars, i, lengths, at) => {
    const shortBody = lengths[at] as number
    const shortShadow = lengths[at + 1] as number
    const own = bodyAt(bars, i)
    const isStar =
      own < shortBody &&
      upperShadow(bars, i) > own &&
      lowerShadow(bars, i) < shortShadow &&
      bodyLow(bars, i) > bodyHigh(bars, i - 1)
    return isStar ? -100 : 0
  },
}

/**
 * {@link shootingStar} over whole columns.
 * @returns -100 where one completes, else 0; 0 on the first 11 bars
 * @example shootingStarPattern({ open, high, low, close })[i] // -100
 */
export const shootingStarPattern = (bars: PatternBars): Int8Array => patternColumn(shootingStar, bars)

/** Setup `shooting_star`. */
export const shootingStarFamily = patternFamily(shootingStar, { short: ['shooting_star', 'Shooting star'] })
