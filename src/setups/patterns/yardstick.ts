import { AtrState } from '../../metrics/price/atr.ts'
import type { PatternBars } from './candle.ts'

/** A length that a pattern compares with, as of each bar, in the unit of the price. It has state: bars are read in order from bar 0. */
export interface Yardstick {
  /** Reads the bars of a block and writes the length that each is judged by; NaN where there is none. */
  readonly read: (bars: PatternBars, block: Block) => void
}

/** Some bars in a row, and where their lengths go: those of one bar lie side by side, a column for each yardstick. */
export interface Block {
  /** First bar, and the one after the last. */
  readonly from: number
  readonly to: number
  readonly lengths: Float64Array
  /** This yardstick's column, and how many there are. */
  readonly column: number
  readonly columns: number
}

/** How a yardstick is made for a pattern of some look-back. */
export type MakeYardstick = (lookback: number) => Yardstick

/**
 * The mean real body of the ten candles before the one that is `lag` bars back: TA-Lib's BodyLong and BodyShort. A body above it is long, one
 * at it or below is short.
 * @example body(1)(11) // for a pattern with a look-back of 11 bars, judging the candle before the last
 */
export const body =
  (lag: number): MakeYardstick =>
  (lookback) =>
    new BodyMean(lag, lookback)

/** A tenth of the mean range, high to low, of the ten candles before: TA-Lib's BodyDoji and ShadowVeryShort. */
export const tenthOfRange =
  (lag: number): MakeYardstick =>
  (lookback) =>
    new RangeShare(lag, lookback, { period: 10, factor: 0.1 })

/** A fifth of the mean range of the five candles before: TA-Lib's Near. */
export const near =
  (lag: number): MakeYardstick =>
  (lookback) =>
    new RangeShare(lag, lookback, { period: 5, factor: 0.2 })

/** How far from the close before it the bar `lag` bars back may open to count as opening at it: 0.1 ATR(14) as it stood at that open. */
export const openingReach =
  (lag: number): MakeYardstick =>
  () =>
    new OpeningReach(lag)

/** Whether bar `i` opens at the close before it, what a market without sessions has in place of an opening gap. */
export const opensAtClose = ({ open, close }: PatternBars, i: number, reach: number): boolean =>
  Math.abs((open[i] as number) - (close[i - 1] as number)) <= reach

const BODY_PERIOD = 10

// Totals are kept in TA-Lib's order, from the first candle that it adds for a pattern of that look-back: on coarse ticks a body often equals
// the mean, and then the last bit decides.
class BodyMean implements Yardstick {
  readonly #lag: number
  readonly #first: number
  #total = 0

  constructor(lag: number, lookback: number) {
    this.#lag = lag
    this.#first = lookback - lag - BODY_PERIOD
  }

  read({ open, close }: PatternBars, { from, to, lengths, column, columns }: Block): void {
    const first = this.#first
    const full = first + BODY_PERIOD
    let total = this.#total
    const end = to - this.#lag - 1
    let at = column
    for (let i = from - this.#lag - 1; i < end; i++, at += columns) {
      if (i >= full) {
        const oldest = i - BODY_PERIOD
        const leaves = Math.abs((close[oldest] as number) - (open[oldest] as number))
        total += Math.abs((close[i] as number) - (open[i] as number)) - leaves
      } else if (i >= first) total += Math.abs((close[i] as number) - (open[i] as number))
      lengths[at] = i < first ? NaN : total / BODY_PERIOD
    }
    this.#total = total
  }
}

class RangeShare implements Yardstick {
  readonly #lag: number
  readonly #first: number
  readonly #period: number
  readonly #factor: number
  #total = 0

  constructor(lag: number, lookback: number, { period, factor }: { readonly period: number; readonly factor: number }) {
    this.#lag = lag
    this.#first = lookback - lag - period
    this.#period = period
    this.#factor = factor
  }

  read({ high, low }: PatternBars, { from, to, lengths, column, columns }: Block): void {
    const first = this.#first
    const period = this.#period
    const factor = this.#factor
    let total = this.#total
    const end = to - this.#lag - 1
    let at = column
    for (let i = from - this.#lag - 1; i < end; i++, at += columns) {
      if (i >= first + period) {
        const leaves = (high[i - period] as number) - (low[i - period] as number)
        total += (high[i] as number) - (low[i] as number) - leaves
      } else if (i >= first) total += (high[i] as number) - (low[i] as number)
      lengths[at] = i < first ? NaN : factor * (total / period)
    }
    this.#total = total
  }
}

const REACH_ATR = 0.1

class OpeningReach implements Yardstick {
  readonly #lag: number
  readonly #ranges = new AtrState(14)

  constructor(lag: number) {
    this.#lag = lag
  }

  read({ high, low, close }: PatternBars, { from, to, lengths, column, columns }: Block): void {
    const end = to - this.#lag - 1
    let at = column
    for (let i = from - this.#lag - 1; i < end; i++, at += columns) {
      lengths[at] = i < 0 ? NaN : REACH_ATR * this.#ranges.next(high[i] as number, low[i] as number, close[i] as number)
    }
  }
}
