import { isWhite, type PatternBars } from './candle.ts'
import { patternColumn, patternFamily, type Pattern } from './pattern.ts'

/**
 * Engulfing: a candle whose real body covers that of the one before, of the other colour; 80 where one edge is equal.
 * A market without sessions opens at its last close, so that 80 is common there and counts like 100.
 * @see TA-Lib CDLENGULFING, equal on every bar
 */
const engulfing: Pattern = {
  lookback: 2,
  yardsticks: [],
  judge: (bars, i) => {
    const white = isWhite(bars, i)
    if (white === isWhite(bars, i - 1)) return 0
    const open = bars.open[i] as number
    const close = bars.close[i] as number
    const openBefore = bars.open[i - 1] as number
    const closeBefore = bars.close[i - 1] as number
    const covers = white ? close >= openBefore && open <= closeBefore : open >= closeBefore && close <= openBefore
    const edges = (close === openBefore ? 1 : 0) + (open === closeBefore ? 1 : 0)
    if (!covers || edges === 2) return 0
    if (edges === 1) return white ? 80 : -80
    return white ? 100 : -100
  },
}

/**
 * {@link engulfing} over whole columns.
 * @returns 100 or 80 where a bullish one completes, -100 or -80 a bearish one, else 0; 0 on the first two bars
 * @example engulfingPattern({ open, high, low, close })[i] // 80
 */
export const engulfingPattern = (bars: PatternBars): Int8Array => patternColumn(engulfing, bars)

/** Setups `bullish_engulfing` and `bearish_engulfing`. */
export const engulfingFamily = patternFamily(engulfing, {
  long: ['bullish_engulfing', 'Bullish engulfing'],
  short: ['bearish_engulfing', 'Bearish engulfing'],
})
