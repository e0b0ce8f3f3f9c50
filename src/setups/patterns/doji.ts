import { bodyAt, type PatternBars } from './candle.ts'
import { tenthOfRange } from './yardstick.ts'
import { patternColumn, patternFamily, type Pattern } from './pattern.ts'

/**
 * Doji: open and close nearly equal, the real body at most a tenth of the mean range of the ten candles before. It shows doubt, no side.
 * @see TA-Lib CDLDOJI, equal on every bar
 */
const doji: Pattern = {
  lookback: 10,
  yardsticks: [tenthOfRange(0)],
  judge: (bars, i, lengths, at) => (bodyAt(bars, i) <= (lengths[at] as number) ? 100 : 0),
}

/**
 * {@link doji} over whole columns.
 * @returns 100 on a doji, else 0; 0 on the first 10 bars
 * @example dojiPattern({ open, high, low, close })[i] // 100
 */
export const dojiPattern = (bars: PatternBars): Int8Array => patternColumn(doji, bars)

/** Setup `doji`. */
export const dojiFamily = patternFamily(doji, { neutral: ['doji', 'Doji'] })
