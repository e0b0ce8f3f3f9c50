import { BodyTotal, bodyAt, bodyHigh, bodyLow, isWhite, type PatternBars } from './candleTotal.ts'
import { opensAtPreviousClose, type Opening } from './opening.ts'
import { patternColumn, patternFamily, patternFamily24h, type Pattern } from './pattern.ts'

/** How deep into the first body the third must close, TA-Lib's default. */
const PENETRATION = 0.3

/**
 * Morning star: a long black candle, a short body wholly below its body, and a white one that is not short and closes more than 0.3
 * of the first body above its close. Always bullish; the trend before it is not looked at.
 * @see TA-Lib CDLMORNINGSTAR (penetration 0.3), equal on every bar
 */
export const morningStar: Pattern = starWith('long', () => (bars, i) => bodyHigh(bars, i) < bodyLow(bars, i - 1))

/** Evening star: the mirror of {@link morningStar}. Always bearish. TA-Lib CDLEVENINGSTAR (penetration 0.3), equal on every bar. */
export const eveningStar: Pattern = starWith('short', () => (bars, i) => bodyLow(bars, i) > bodyHigh(bars, i - 1))

/** {@link morningStar} for a market without sessions: the star opens at the previous close instead of gapping (our definition). */
export const morningStar24h: Pattern = starWith('long', opensAtPreviousClose)

/** {@link eveningStar} for a market without sessions: the star opens at the previous close instead of gapping (our definition). */
export const eveningStar24h: Pattern = starWith('short', opensAtPreviousClose)

/**
 * {@link morningStar} over whole columns.
 * @returns 100 where one completes, else 0; 0 on the first 12 bars
 * @example morningStarPattern({ open, high, low, close })[i] // 100
 */
export const morningStarPattern = (bars: PatternBars): Int8Array => patternColumn(morningStar, bars)

/**
 * {@link eveningStar} over whole columns.
 * @returns -100 where one completes, else 0; 0 on the first 12 bars
 * @example eveningStarPattern({ open, high, low, close })[i] // -100
 */
export const eveningStarPattern = (bars: PatternBars): Int8Array => patternColumn(eveningStar, bars)

/**
 * {@link morningStar24h} over whole columns.
 * @returns 100 where one completes, else 0; 0 on the first 16 bars
 * @example morningStar24hPattern({ open, high, low, close })[i] // 100
 */
export const morningStar24hPattern = (bars: PatternBars): Int8Array => patternColumn(morningStar24h, bars)

/**
 * {@link eveningStar24h} over whole columns.
 * @returns -100 where one completes, else 0; 0 on the first 16 bars
 * @example eveningStar24hPattern({ open, high, low, close })[i] // -100
 */
export const eveningStar24hPattern = (bars: PatternBars): Int8Array => patternColumn(eveningStar24h, bars)

/** Setup `morning_star`. */
export const morningStarFamily = patternFamily(morningStar, { long: ['morning_star', 'Morning star'] })

/** Setup `evening_star`. */
export const eveningStarFamily = patternFamily(eveningStar, { short: ['evening_star', 'Evening star'] })

/** Setup `morning_star_24h`. */
export const morningStar24hFamily = patternFamily24h(morningStar24h, {
  long: ['morning_star_24h', 'Morning star (24 h form)'],
})

/** Setup `evening_star_24h`. */
export const eveningStar24hFamily = patternFamily24h(eveningStar24h, {
  short: ['evening_star_24h', 'Evening star (24 h form)'],
})

function starWith(side: 'long' | 'short', opening: () => Opening): Pattern {
  const isLong = side === 'long'
  return () => {
    const opens = opening()
    const first = new BodyTotal(0)
    const star = new BodyTotal(1)
    const third = new BodyTotal(2)
    let starOpens = false
    return (bars, i) => {
      const isStar = starOpens
      starOpens = opens(bars, i)
      first.add(bars, i - 3)
      star.add(bars, i - 2)
      third.add(bars, i - 1)
      if (!isStar || i < 12 || isWhite(bars, i - 2) === isLong || isWhite(bars, i) !== isLong) return 0
      const body = bodyAt(bars, i - 2)
      const isShaped = body > first.mean() && bodyAt(bars, i - 1) <= star.mean() && bodyAt(bars, i) > third.mean()
      if (!isShaped) return 0
      const close = bars.close[i] as number
      const firstClose = bars.close[i - 2] as number
      if (isLong) return close > firstClose + body * PENETRATION ? 100 : 0
      return close < firstClose - body * PENETRATION ? -100 : 0
    }
  }
}
