import { RangeTotal, bodyAt, type PatternBars } from './candleTotal.ts'
import { patternColumn, patternFamily, type Pattern } from './pattern.ts'

/**
 * Doji: open and close nearly equal, the real body at most a tenth of the mean range of the ten candles before. It shows doubt, no side.
 * @see TA-Lib CDLDOJI, equal on every bar
 */
export const doji: Pattern = () => {
  const ranges = RangeTotal.ofTen(0)
  return (bars, i) => {
    ranges.add(bars, i - 1)
    return i >= 10 && bodyAt(bars, i) <= 0.1 * ranges.mean() ? 100 : 0
  }
}

/**
 * {@link doji} over whole columns.
 * @returns 100 on a doji, else 0; 0 on the first 10 bars
 * @example dojiPattern({ open, high, low, close })[i] // 100
 */
export const dojiPattern = (bars: PatternBars): Int8Array => patternColumn(doji, bars)

/** Setup `doji`. */
export const dojiFamily = patternFamily(doji, { neutral: ['doji', 'Doji'] })
