import { CANDLE_EXTRAS, gaps, type Candles } from '../../src/core/candles.ts'
import { DAY_MS, instant } from '../../src/core/instant.ts'
import { seededRandom } from '../../src/core/random.ts'

/** One bar as [open, high, low, close, volume]. */
export type Row = readonly [open: number, high: number, low: number, close: number, volume: number]

/** Daily candles from 1970-01-01 of the rows given. */
export function candlesOf(rows: readonly Row[]): Candles {
  const column = (k: number) => Float64Array.from(rows, (row) => row[k] as number)
  const extras = Object.fromEntries(CANDLE_EXTRAS.map((field) => [field, gaps(rows.length)]))
  return {
    start: instant(0),
    step: DAY_MS,
    length: rows.length,
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: column(4),
    ...extras,
  } as Candles
}

/** Candles of closes alone: each opens at the close before, has a shadow of 0.5 on both ends, and volume 100. */
export function candlesOfCloses(closes: readonly number[]): Candles {
  return candlesOf(
    closes.map((close, i) => {
      const open = closes[i - 1] ?? close
      return [open, Math.max(open, close) + 0.5, Math.min(open, close) - 0.5, close, 100]
    }),
  )
}

/** A seeded random walk of closes from 100 with shadows and volume; `gapShare` of the bars are missing. */
export function randomCandles(seed: string, length: number, gapShare = 0): Candles {
  const random = seededRandom(seed)
  let close = 100
  return candlesOf(
    Array.from({ length }, () => {
      const open = close
      close = open * Math.exp(0.02 * random.normal())
      const high = Math.max(open, close) * Math.exp(0.01 * Math.abs(random.normal()))
      const low = Math.min(open, close) * Math.exp(-0.01 * Math.abs(random.normal()))
      const volume = 1000 * Math.exp(random.normal())
      return random.uniform() < gapShare ? [NaN, NaN, NaN, NaN, NaN] : [open, high, low, close, volume]
    }),
  )
}

/** The candles with prices turned over around `axis`: what fell now rises by as much. */
export function turnedOver(candles: Candles, axis = 0): Candles {
  const over = (column: Float64Array) => column.map((value) => axis - value)
  return {
    ...candles,
    open: over(candles.open),
    high: over(candles.low),
    low: over(candles.high),
    close: over(candles.close),
  }
}
