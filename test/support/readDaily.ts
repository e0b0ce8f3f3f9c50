import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { CANDLE_EXTRAS, gaps, type Candles } from '../../src/core/candles.ts'
import { DAY_MS, parseInstant } from '../../src/core/instant.ts'

/** Daily candles of one symbol from a gzipped CSV `time,symbol,open,high,low,close,volume`; days without a row are gaps. */
export function readDaily(path: string, symbol: string): Candles {
  const rows = gunzipSync(readFileSync(path))
    .toString('utf8')
    .split('\n')
    .map((line) => line.split(','))
    .filter((cells) => cells[1] === symbol)
    .map(([time, , ...values]) => ({ at: parseInstant(time!), values: values.map(Number) }))
    .sort((a, b) => a.at - b.at)
  const start = rows[0]!.at
  const length = (rows.at(-1)!.at - start) / DAY_MS + 1
  const columns = ['open', 'high', 'low', 'close', 'volume'].map(() => gaps(length))
  for (const { at, values } of rows) {
    columns.forEach((column, k) => {
      column[(at - start) / DAY_MS] = values[k]!
    })
  }
  const [open, high, low, close, volume] = columns
  const extras = Object.fromEntries(CANDLE_EXTRAS.map((field) => [field, gaps(length)]))
  return { start, step: DAY_MS, length, open, high, low, close, volume, ...extras } as Candles
}
