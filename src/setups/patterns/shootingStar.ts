import {
  BodyTotal,
  RangeTotal,
  bodyAt,
  bodyHigh,
  bodyLow,
  lowerShadow,
  upperShadow,
  type PatternBars,
} from './candleTotal.ts'
import { patternColumn, patternFamily, type Pattern } from './pattern.ts'

/**
 * Shooting star: a short real body that lies wholly above the one before, an upper shadow longer than it and hardly a lower one.
 * Always bearish; the trend before it is not looked at.
 * @see TA-Lib CDLSHOOTINGSTAR, equal on every bar
 */
export const shootingStar: Pattern = () => {
  const bodies = new BodyTotal(1)
  const ranges = RangeTotal.ofTen(1)
  return (bars, i) => {
    bodies.add(bars, i - 1)
    ranges.add(bars, i - 1)
    const body = bodyAt(bars, i)
    return i >= 11 &&
      body < bodies.mean() &&
      upperShadow(bars, i) > body &&
      lowerShadow(bars, i) < 0.1 * ranges.mean() &&
      bodyLow(bars, i) > bodyHigh(bars, i - 1)
      ? -100
      : 0
  }
}

/**
 * {@link shootingStar} over whole columns.
 * @returns -100 where one completes, else 0; 0 on the first 11 bars
 * @example shootingStarPattern({ open, high, low, close })[i] // -100
 */
export const shootingStarPattern = (bars: PatternBars): Int8Array => patternColumn(shootingStar, bars)

/** Setup `shooting_star`. */
export const shootingStarFamily = patternFamily(shootingStar, { short: ['shooting_star', 'Shooting star'] })
