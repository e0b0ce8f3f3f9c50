import { bodyAt, bodyHigh, bodyLow, isWhite, type PatternBars } from './candle.ts'
import { body, openingReach, opensAtClose } from './yardstick.ts'
import { patternColumn, patternFamily, patternFamily24h, type Pattern } from './pattern.ts'

/** How deep into the first body the third must close, TA-Lib's default. */
const PENETRATION = 0.3

/**
 * Morning star: a long black candle, a short body wholly below its body, and a white one that is not short and closes more than 0.3
 * of the first body above its close. Always bullish; the trend before it is not looked at.
 * @see TA-Lib CDLMORNINGSTAR (penetration 0.3), equal on every bar
 */
const morningStar: Pattern = {
  lookback: 12,
  yardsticks: [body(2), body(1), body(0)],
  judge: (bars, i, lengths, at) =>
    bodyHigh(bars, i - 1) < bodyLow(bars, i - 2) && turnsUp(bars, i) && hasStarBodies(bars, i, lengths, at) ? 100 : 0,
}

/** Evening star: the mirror of {@link morningStar}. Always bearish. TA-Lib CDLEVENINGSTAR (penetration 0.3), equal on every bar. */
const eveningStar: Pattern = {
  lookback: 12,
  yardsticks: [body(2), body(1), body(0)],
  judge: (bars, i, lengths, at) =>
    bodyLow(bars, i - 1) > bodyHigh(bars, i - 2) && turnsDown(bars, i) && hasStarBodies(bars, i, lengths, at)
      ? -100
      : 0,
}

/** {@link morningStar} for a market without sessions: the star opens at the previous close instead of gapping (our definition). */
const morningStar24h: Pattern = {
  lookback: 12,
  yardsticks: [body(2), body(1), body(0), openingReach(1)],
  judge: (bars, i, lengths, at) =>
    opensAtClose(bars, i - 1, lengths[at + 3] as number) && turnsUp(bars, i) && hasStarBodies(bars, i, lengths, at)
      ? 100
      : 0,
}

/** {@link eveningStar} for a market without sessions: the star opens at the previous close instead of gapping (our definition). */
const eveningStar24h: Pattern = {
  lookback: 12,
  yardsticks: [body(2), body(1), body(0), openingReach(1)],
  judge: (bars, i, lengths, at) =>
    opensAtClose(bars, i - 1, lengths[at + 3] as number) && turnsDown(bars, i) && hasStarBodies(bars, i, lengths, at)
      ? -100
      : 0,
}

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

/** A long body, a short one, and one that is not short. */
function hasStarBodies(bars: PatternBars, i: number, lengths: Float64Array, at: number): boolean {
  return (
    bodyAt(bars, i - 2) > (lengths[at] as number) &&
    bodyAt(bars, i - 1) <= (lengths[at + 1] as number) &&
    bodyAt(bars, i) > (lengths[at + 2] as number)
  )
}

/** A black first candle, and a white third one that closes well within its body. */
function turnsUp(bars: PatternBars, i: number): boolean {
  const reach = bodyAt(bars, i - 2) * PENETRATION
  return !isWhite(bars, i - 2) && isWhite(bars, i) && (bars.close[i] as number) > (bars.close[i - 2] as number) + reach
}

/** A white first candle, and a black third one that closes well within its body. */
function turnsDown(bars: PatternBars, i: number): boolean {
  const reach = bodyAt(bars, i - 2) * PENETRATION
  return isWhite(bars, i - 2) && !isWhite(bars, i) && (bars.close[i] as number) < (bars.close[i - 2] as number) - reach
}
