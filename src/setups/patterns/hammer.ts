import { bodyAt, bodyLow, lowerShadow, upperShadow, type PatternBars } from './candle.ts'
import { body, near, tenthOfRange } from './yardstick.ts'
import { patternColumn, patternFamily, type Pattern } from './pattern.ts'

/**
 * Hammer: a short real body, a lower shadow longer than it, hardly an upper one, and the body at or near the low of the candle
 * before. Always bullish; the trend before it is not looked at.
 * @see TA-Lib CDLHAMMER, equal on every bar
 */
const hammer: Pattern = {
  lookback: 11,
  yardsticks: [body(0), tenthOfRange(0), near(1)],
  judge: (bars, i, lengths, at) => {
    const shortBody = lengths[at] as number
    const shortShadow = lengths[at + 1] as number
    const nearby = lengths[at + 2] as number
    const own = bodyAt(bars, i)
    const isHammer =
      own < shortBody &&
      lowerShadow(bars, i) > own &&
      upperShadow(bars, i) < shortShadow &&
      bodyLow(bars, i) <= (bars.low[i - 1] as number) + nearby
    return isHammer ? 100 : 0
  },
}

/**
 * {@link hammer} over whole columns.
 * @returns 100 where one completes, else 0; 0 on the first 11 bars
 * @example hammerPattern({ open, high, low, close })[i] // 100
 */
export const hammerPattern = (bars: PatternBars): Int8Array => patternColumn(hammer, bars)

/** Setup `hammer`. */
export const hammerFamily = patternFamily(hammer, { long: ['hammer', 'Hammer'] })
