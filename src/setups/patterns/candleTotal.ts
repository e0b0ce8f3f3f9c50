/** The prices that a candle pattern is read from: columns of one length, oldest first, without gaps. */
export interface PatternBars {
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
}

/** Bars that TA-Lib's settings average a candle over: the ten before it, and the five before it for `near`. */
export const CANDLE_PERIOD = 10
const NEAR_PERIOD = 5

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

/**
 * Running total of the real bodies of ten candles, from TA-Lib's settings BodyLong and BodyShort: a body is long above their mean,
 * short at or below it. Totals are kept in TA-Lib's order, since on coarse ticks a body often equals the mean and
 * the last bit decides.
 */
export class BodyTotal {
  readonly #first: number
  #total = 0

  /** @param first - the first bar that TA-Lib adds for this pattern */
  constructor(first: number) {
    this.#first = first
  }

  /** Adds bar `i` and drops the one ten bars before it; called once for every bar in order. */
  add(bars: PatternBars, i: number): void {
    const oldest = i - CANDLE_PERIOD
    if (i < this.#first) return
    this.#total += oldest < this.#first ? bodyAt(bars, i) : bodyAt(bars, i) - bodyAt(bars, oldest)
  }

  /** Mean body of the ten candles. */
  mean(): number {
    return this.#total / CANDLE_PERIOD
  }
}

/** Running total of the ranges, high to low, of some candles; in TA-Lib's order as {@link BodyTotal}. */
export class RangeTotal {
  readonly #first: number
  readonly #period: number
  #total = 0

  private constructor(first: number, period: number) {
    this.#first = first
    this.#period = period
  }

  /** Over the ten candles of the settings BodyDoji and ShadowVeryShort. */
  static ofTen(first: number): RangeTotal {
    return new RangeTotal(first, CANDLE_PERIOD)
  }

  /** Over the five candles of the setting Near. */
  static ofFive(first: number): RangeTotal {
    return new RangeTotal(first, NEAR_PERIOD)
  }

  /** Adds bar `i` and drops the oldest; called once for every bar in order. */
  add({ high, low }: PatternBars, i: number): void {
    const oldest = i - this.#period
    if (i < this.#first) return
    const range = (high[i] as number) - (low[i] as number)
    this.#total += oldest < this.#first ? range : range - ((high[oldest] as number) - (low[oldest] as number))
  }

  /** Mean range of the candles. */
  mean(): number {
    return this.#total / this.#period
  }
}
