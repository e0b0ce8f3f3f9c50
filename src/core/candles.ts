import { instant, type InstantMs } from './instant.ts'

/** An even time grid: bar i opens at `start + i * step` and closes `step` later. */
export interface Grid {
  readonly start: InstantMs
  /** Milliseconds from one bar to the next. */
  readonly step: number
  readonly length: number
}

/** The optional measures of a candle; NaN where the source does not give them. */
export const CANDLE_EXTRAS = ['quoteVolume', 'trades', 'takerBuyVolume', 'takerBuyQuoteVolume'] as const
export const CANDLE_FIELDS = ['open', 'high', 'low', 'close', 'volume', ...CANDLE_EXTRAS] as const
export type CandleField = (typeof CANDLE_FIELDS)[number]

/**
 * Candles as columns on one grid, oldest first. Prices in the quote unit per coin, `volume` and `takerBuyVolume` in coins,
 * `quoteVolume` and `takerBuyQuoteVolume` in the quote unit, `trades` a count. A missing bar is NaN in every column.
 */
export type Candles = Grid & { readonly [field in CandleField]: Float64Array }

/** One closed candle, the input of every streaming form. A missing bar is NaN in every field. */
export interface Bar {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

/** Open time of bar `i`. */
export const openAt = (grid: Grid, i: number): InstantMs => instant(grid.start + i * grid.step)

/** Close time of bar `i`, when it can first be known. */
export const closeAt = (grid: Grid, i: number): InstantMs => instant(grid.start + (i + 1) * grid.step)

/** Bar `i` as an object. */
export function barAt(candles: Candles, i: number): Bar {
  return {
    open: candles.open[i] ?? NaN,
    high: candles.high[i] ?? NaN,
    low: candles.low[i] ?? NaN,
    close: candles.close[i] ?? NaN,
    volume: candles.volume[i] ?? NaN,
  }
}

/** A column of `length` gaps. */
export const gaps = (length: number): Float64Array => new Float64Array(length).fill(NaN)

/** Candles of bars `from` (included) to `to` (left out), sharing memory with the whole. */
export function sliceCandles(candles: Candles, from: number, to: number): Candles {
  const columns = Object.fromEntries(CANDLE_FIELDS.map((field) => [field, candles[field].subarray(from, to)]))
  return { start: openAt(candles, from), step: candles.step, length: to - from, ...columns } as Candles
}

/** Index ranges [from, to) of the longest runs of bars without a gap, in order of time. */
export function runs(close: Float64Array): readonly (readonly [from: number, to: number])[] {
  const found: [number, number][] = []
  for (let i = 0; i < close.length; i++) {
    if (Number.isNaN(close[i])) continue
    const from = i
    while (i < close.length && !Number.isNaN(close[i])) i++
    found.push([from, i])
  }
  return found
}
