import { CANDLE_FIELDS, gaps, type CandleField, type Candles } from '../core/candles.ts'
import { instant } from '../core/instant.ts'

/** Candle rows as a store hands them out: opens in ms, ascending, no bar twice. */
export type CandleRows = { readonly at: Float64Array } & { readonly [field in CandleField]: Float64Array }

/**
 * Puts candle rows on an even grid from the first to the last bar; a bar without a row is a gap in every column.
 * @param rows - ascending by open time
 * @param step - milliseconds between bars
 * @param multiplier - coins in one unit of the instrument: prices are divided by it, coin volumes multiplied
 * @returns candles; length 0 for no rows
 */
export function toGrid(rows: CandleRows, step: number, multiplier: number): Candles {
  const count = rows.at.length
  const start = instant(rows.at[0] ?? 0)
  const length = count === 0 ? 0 : ((rows.at[count - 1] as number) - start) / step + 1
  const columns = CANDLE_FIELDS.map((field) => {
    const from = rows[field]
    const change = multiplier === 1 ? undefined : PER_COIN[field]
    if (length === count && change === undefined) return [field, from] as const
    const column = gaps(length)
    for (let i = 0; i < count; i++) {
      const value = from[i] as number
      column[((rows.at[i] as number) - start) / step] = change === undefined ? value : change(value, multiplier)
    }
    return [field, column] as const
  })
  return { start, step, length, ...Object.fromEntries(columns) } as Candles
}

type PerCoin = (value: number, multiplier: number) => number

/** Divided, not multiplied by the inverse: 102 / 1000 is 0.102, 102 * (1 / 1000) is not. */
const divided: PerCoin = (value, multiplier) => value / multiplier
const multiplied: PerCoin = (value, multiplier) => value * multiplier

/** Measures that change where one unit of the instrument is many coins. */
const PER_COIN: Readonly<Partial<Record<CandleField, PerCoin>>> = {
  open: divided,
  high: divided,
  low: divided,
  close: divided,
  volume: multiplied,
  takerBuyVolume: multiplied,
}
