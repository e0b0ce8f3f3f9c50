import { openAt, type Candles } from '../../src/core/candles.ts'
import { formatInstant } from '../../src/core/instant.ts'

export const CANDLE_HEADER = 'time,symbol,open,high,low,close,volume'

/** Candles as the lines of a CSV file with a header; bars that are gaps are left out. */
export function candleCsv(candles: Candles, symbol: string): string {
  const lines = Array.from(candles.close, (close, i) => {
    if (Number.isNaN(close)) return undefined
    const { open, high, low, volume } = candles
    return [formatInstant(openAt(candles, i)), symbol, open[i], high[i], low[i], close, volume[i]].join(',')
  })
  return `${[CANDLE_HEADER, ...lines.filter((line) => line !== undefined)].join('\n')}\n`
}
