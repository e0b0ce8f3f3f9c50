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
  const factors = fieldFactors(multiplier)
  const columns = CANDLE_FIELDS.map((field) => {
    const from = rows[field]
    if (length === count && factors[field] === 1) return [field, from] as const
    const column = gaps(length)
    for (let i = 0; i < count; i++) {
      column[((rows.at[i] as number) - start) / step] = (from[i] as number) * factors[field]
    }
    return [field, column] as const
  })
  return { start, step, length, ...Object.fromEntries(columns) } as Candles
}

function fieldFactors(multiplier: number): Record<CandleField, number> {
  const price = 1 / multiplier
  return {
    open: price,
    high: price,
    low: price,
    close: price,
    volume: multiplier,
    quoteVolume: 1,
    trades: 1,
    takerBuyVolume: multiplier,
    takerBuyQuoteVolume: 1,
  }
}
