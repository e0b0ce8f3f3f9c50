import { BodyTotal, bodyAt, bodyHigh, bodyLow, isWhite, type PatternBars } from './candleTotal.ts'
import { patternColumn, patternFamily, type Pattern } from './pattern.ts'

/**
 * Harami: a short real body inside the long one before it; 80 where one edge is equal. Bullish after a black candle, bearish after a
 * white one; the trend before it is not looked at.
 * @see TA-Lib CDLHARAMI, equal on every bar
 */
export const harami: Pattern = () => {
  const long = new BodyTotal(0)
  const short = new BodyTotal(1)
  return (bars, i) => {
    long.add(bars, i - 2)
    short.add(bars, i - 1)
    if (i < 11 || !(bodyAt(bars, i - 1) > long.mean()) || !(bodyAt(bars, i) <= short.mean())) return 0
    const above = bodyHigh(bars, i - 1) - bodyHigh(bars, i)
    const below = bodyLow(bars, i) - bodyLow(bars, i - 1)
    if (above < 0 || below < 0) return 0
    const white = isWhite(bars, i - 1)
    if (above > 0 && below > 0) return white ? -100 : 100
    return white ? -80 : 80
  }
}

/**
 * {@link harami} over whole columns.
 * @returns 100 or 80 where a bullish one completes, -100 or -80 a bearish one, else 0; 0 on the first 11 bars
 * @example haramiPattern({ open, high, low, close })[i] // -80
 */
export const haramiPattern = (bars: PatternBars): Int8Array => patternColumn(harami, bars)

/** Setup `harami`, whose side says which of the two it is. */
export const haramiFamily = patternFamily(harami, { long: ['harami', 'Harami'], short: ['harami', 'Harami'] })
