import { bodyAt, isWhite, type PatternBars } from './candle.ts'
import { body, openingReach, opensAtClose } from './yardstick.ts'
import { patternColumn, patternFamily, patternFamily24h, type Pattern } from './pattern.ts'

/**
 * Piercing line: a long white candle that opens below the low of the long black one before it and closes within its real body,
 * above the middle. Always bullish; the trend before it is not looked at.
 * @see TA-Lib CDLPIERCING, equal on every bar
 */
const piercing: Pattern = {
  lookback: 11,
  yardsticks: [body(1), body(0)],
  judge: (bars, i, lengths, at) =>
    (bars.open[i] as number) < (bars.low[i - 1] as number) && pierces(bars, i, lengths, at) ? 100 : 0,
}

/** {@link piercing} for a market without sessions: it opens at the previous close instead of below the low (our definition). */
const piercing24h: Pattern = {
  lookback: 11,
  yardsticks: [body(1), body(0), openingReach(0)],
  judge: (bars, i, lengths, at) =>
    opensAtClose(bars, i, lengths[at + 2] as number) && pierces(bars, i, lengths, at) ? 100 : 0,
}

/**
 * {@link piercing} over whole columns.
 * @returns 100 where one completes, else 0; 0 on the first 11 bars
 * @example piercingPattern({ open, high, low, close })[i] // 100
 */
export const piercingPattern = (bars: PatternBars): Int8Array => patternColumn(piercing, bars)

/**
 * {@link piercing24h} over whole columns.
 * @returns 100 where one completes, else 0; 0 on the first 15 bars
 * @example piercing24hPattern({ open, high, low, close })[i] // 100
 */
export const piercing24hPattern = (bars: PatternBars): Int8Array => patternColumn(piercing24h, bars)

/** Setup `piercing`. */
export const piercingFamily = patternFamily(piercing, { long: ['piercing', 'Piercing line'] })

/** Setup `piercing_24h`. */
export const piercing24hFamily = patternFamily24h(piercing24h, { long: ['piercing_24h', 'Piercing line (24 h form)'] })

/** All of the pattern but the opening. */
function pierces(bars: PatternBars, i: number, lengths: Float64Array, at: number): boolean {
  if (isWhite(bars, i - 1) || !isWhite(bars, i)) return false
  const first = bodyAt(bars, i - 1)
  const close = bars.close[i] as number
  return (
    first > (lengths[at] as number) &&
    bodyAt(bars, i) > (lengths[at + 1] as number) &&
    close < (bars.open[i - 1] as number) &&
    close > (bars.close[i - 1] as number) + first * 0.5
  )
}
