/** The prices that a candle pattern is read from: columns of one length, oldest first, without gaps. */
export interface PatternBars {
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
}

/** Length of a candle's real body, in the unit of the price. */
export const bodyAt = ({ open, close }: PatternBars, i: number): number =>
  Math.abs((close[i] as number) - (open[i] as number))

/** Lower edge of a candle's real body. */
export const bodyLow = ({ open, close }: PatternBars, i: number): number =>
  Math.min(open[i] as number, close[i] as number)

/** Upper edge of a candle's real body. */
export const bodyHigh = ({ open, close }: PatternBars, i: number): number =>
  Math.max(open[i] as number, close[i] as number)

/** True for a white candle, the close at the open or above it; else the candle is black. */
export const isWhite = ({ open, close }: PatternBars, i: number): boolean => (close[i] as number) >= (open[i] as number)

/** Shadow above the real body. */
export const upperShadow = (bars: PatternBars, i: number): number => (bars.high[i] as number) - bodyHigh(bars, i)

/** Shadow below the real body. */
export const lowerShadow = (bars: PatternBars, i: number): number => bodyLow(bars, i) - (bars.low[i] as number)
