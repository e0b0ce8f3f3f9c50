import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { CANDLE_EXTRAS, gaps, type Candles } from '../../src/core/candles.ts'
import { parseInstant } from '../../src/core/instant.ts'

/** Candles of one symbol from a gzipped CSV `time,symbol,open,high,low,close,volume`, `step` ms a bar; bars without a row are gaps. */
export function readSymbol(path: string, symbol: string, step: number): Candles {
  const rows = gunzipSync(readFileSync(path))
    .toString('utf8')
    .split('\n')
    .map((line) => line.split(','))
    .filter((cells) => cells[1] === symbol)
    .map(([time, , ...values]) => ({ at: parseInstant(time!), values: values.map(Number) }))
    .sort((a, b) => a.at - b.at)
  const start = rows[0]!.at
  const length = (rows.at(-1)!.at - start) / step + 1
  const columns = ['open', 'high', 'low', 'close', 'volume'].map(() => gaps(length))
  for (const { at, values } of rows) {
    columns.forEach((column, k) => {
      column[(at - start) / step] = values[k]!
    })
  }
  const [open, high, low, close, volume] = columns
  const extras = Object.fromEntries(CANDLE_EXTRAS.map((field) => [field, gaps(length)]))
  return { start, step, length, open, high, low, close, volume, ...extras } as Candles
}
