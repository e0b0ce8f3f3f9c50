import { bodyAt, bodyHigh, bodyLow, isWhite, type PatternBars } from './candle.ts'
import { body } from './yardstick.ts'
import { patternColumn, patternFamily, type Pattern } from './pattern.ts'

/**
 * Harami: a short real body inside the long one before it; 80 where one edge is equal. Bullish after a black candle, bearish after a
 * white one; the trend before it is not looked at.
 * @see TA-Lib CDLHARAMI, equal on every bar
 */
const harami: Pattern = {
  lookback: 11,
  yardsticks: [body(1), body(0)],
  judge: (bars, i, lengths, at) => {
    const longBody = lengths[at] as number
    const shortBody = lengths[at + 1] as number
    if (!(bodyAt(bars, i - 1) > longBody) || !(bodyAt(bars, i) <= shortBody)) return 0
    const above = bodyHigh(bars, i - 1) - bodyHigh(bars, i)
    const below = bodyLow(bars, i) - bodyLow(bars, i - 1)
    if (above < 0 || below < 0) return 0
    const white = isWhite(bars, i - 1)
    if (above > 0 && below > 0) return white ? -100 : 100
    return white ? -80 : 80
  },
}

/**
 * {@link harami} over whole columns.
 * @returns 100 or 80 where a bullish one completes, -100 or -80 a bearish one, else 0; 0 on the first 11 bars
 * @example haramiPattern({ open, high, low, close })[i] // -80
 */
export const haramiPattern = (bars: PatternBars): Int8Array => patternColumn(harami, bars)

/** Setup `harami`, whose side says which of the two it is. */
export const haramiFamily = patternFamily(harami, { long: ['harami', 'Harami'], short: ['harami', 'Harami'] })
