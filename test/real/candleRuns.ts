import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { gaps, type Candles } from '../../src/core/candles.ts'
import { instant } from '../../src/core/instant.ts'

/**
 * Candles of a gzipped CSV (`time,symbol,open,high,low,close,volume,…`, sorted by symbol and time), one entry per symbol and stretch
 * without a missing bar. Read here by hand, so that what is tested against it shares no code with the import.
 */
export function readCandleRuns(path: string, step: number): readonly Candles[] {
  const rows = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n').slice(1)
  const parsed = rows
    .map((row) => row.split(','))
    .map(([time, symbol, ...values]) => ({
      at: Date.parse(time!),
      symbol,
      values: values.map(Number),
    }))
  const found: Candles[] = []
  for (let from = 0; from < parsed.length;) {
    let to = from + 1
    while (
      to < parsed.length &&
      parsed[to]!.symbol === parsed[from]!.symbol &&
      parsed[to]!.at === parsed[to - 1]!.at + step
    )
      to++
    found.push(columns(parsed.slice(from, to), step))
    from = to
  }
  return found
}

function columns(rows: readonly { at: number; values: readonly number[] }[], step: number): Candles {
  const column = (i: number): Float64Array => Float64Array.from(rows, ({ values }) => values[i]!)
  const none = gaps(rows.length)
  return {
    start: instant(rows[0]!.at),
    step,
    length: rows.length,
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: column(4),
    quoteVolume: none,
    trades: none,
    takerBuyVolume: none,
    takerBuyQuoteVolume: none,
  }
}
