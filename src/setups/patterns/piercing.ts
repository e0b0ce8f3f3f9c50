import { BodyTotal, bodyAt, isWhite, type PatternBars } from './candleTotal.ts'
import { opensAtPreviousClose, type Opening } from './opening.ts'
import { patternColumn, patternFamily, patternFamily24h, type Pattern } from './pattern.ts'

/**
 * Piercing line: a long white candle that opens below the low of the long black one before it and closes within its real body,
 * above the middle. Always bullish; the trend before it is not looked at.
 * @see TA-Lib CDLPIERCING, equal on every bar
 */
export const piercing: Pattern = piercingWith(
  () =>
    ({ open, low }, i) =>
      (open[i] as number) < (low[i - 1] as number),
)

/** {@link piercing} for a market without sessions: it opens at the previous close instead of below the low (our definition). */
export const piercing24h: Pattern = piercingWith(opensAtPreviousClose)

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

function piercingWith(opening: () => Opening): Pattern {
  return () => {
    const opens = opening()
    const first = new BodyTotal(0)
    const second = new BodyTotal(1)
    return (bars, i) => {
      const isOpen = opens(bars, i)
      first.add(bars, i - 2)
      second.add(bars, i - 1)
      if (!isOpen || i < 11 || isWhite(bars, i - 1) || !isWhite(bars, i)) return 0
      const body = bodyAt(bars, i - 1)
      const close = bars.close[i] as number
      return body > first.mean() &&
        bodyAt(bars, i) > second.mean() &&
        close < (bars.open[i - 1] as number) &&
        close > (bars.close[i - 1] as number) + body * 0.5
        ? 100
        : 0
    }
  }
}
