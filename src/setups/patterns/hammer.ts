import { BodyTotal, RangeTotal, bodyAt, bodyLow, lowerShadow, upperShadow, type PatternBars } from './candleTotal.ts'
import { patternColumn, patternFamily, type Pattern } from './pattern.ts'

/**
 * Hammer: a short real body, a lower shadow longer than it, hardly an upper one, and the body at or near the low of the candle
 * before. Always bullish; the trend before it is not looked at.
 * @see TA-Lib CDLHAMMER, equal on every bar
 */
export const hammer: Pattern = () => {
  const bodies = new BodyTotal(1)
  const ranges = RangeTotal.ofTen(1)
  const near = RangeTotal.ofFive(5)
  return (bars, i) => {
    bodies.add(bars, i - 1)
    ranges.add(bars, i - 1)
    near.add(bars, i - 2)
    const body = bodyAt(bars, i)
    return i >= 11 &&
      body < bodies.mean() &&
      lowerShadow(bars, i) > body &&
      upperShadow(bars, i) < 0.1 * ranges.mean() &&
      bodyLow(bars, i) <= (bars.low[i - 1] as number) + 0.2 * near.mean()
      ? 100
      : 0
  }
}

/**
 * {@link hammer} over whole columns.
 * @returns 100 where one completes, else 0; 0 on the first 11 bars
 * @example hammerPattern({ open, high, low, close })[i] // 100
 */
export const hammerPattern = (bars: PatternBars): Int8Array => patternColumn(hammer, bars)

/** Setup `hammer`. */
export const hammerFamily = patternFamily(hammer, { long: ['hammer', 'Hammer'] })
