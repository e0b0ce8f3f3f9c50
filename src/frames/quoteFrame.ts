import { gaps, openAt, type Grid } from '../core/candles.ts'
import type { Frame, Input } from '../core/frame.ts'
import { instant, type InstantMs } from '../core/instant.ts'
import { barOpen, intervalMs, type Interval } from '../core/interval.ts'

/** Values of a plain series as a store hands them out: ascending by `at`. */
export interface LevelRows {
  readonly venue: string
  readonly symbol: string
  readonly at: Float64Array
  readonly value: Float64Array
}

/**
 * Adds plain series to a frame: the last value inside each bar; a bar without a value is a gap (nothing is carried forward).
 * @param frame - the frame to add to; where it has no grid of its own, the series' own range becomes the grid
 * @param series - values per symbol
 */
export function withQuotes(frame: Frame, series: readonly LevelRows[]): Frame {
  const grid = frame.grid.length > 0 ? frame.grid : rangeGrid(series, frame.interval)
  const quotes = new Map(series.map((rows) => [rows.symbol, lastPerBar(rows, grid)]))
  const inputs = series.map((rows) => quoteInput(rows, quotes.get(rows.symbol) ?? gaps(0), grid, frame.interval))
  return { ...frame, grid, quotes, inputs: [...frame.inputs, ...inputs] }
}

/** A frame without candles: for measures that need plain series only. */
export const emptyFrame = (asset: string, interval: Interval, asOf: InstantMs): Frame => ({
  asset,
  asOf,
  interval,
  grid: { start: instant(0), step: intervalMs(interval), length: 0 },
  quotes: new Map(),
  inputs: [],
  conventions: [],
})

function rangeGrid(series: readonly LevelRows[], interval: Interval): Grid {
  const step = intervalMs(interval)
  const firsts = series.filter((rows) => rows.at.length > 0).map((rows) => rows.at[0] as number)
  const lasts = series.filter((rows) => rows.at.length > 0).map((rows) => rows.at.at(-1) as number)
  if (firsts.length === 0) return { start: instant(0), step, length: 0 }
  const start = barOpen(instant(Math.min(...firsts)), step)
  return { start, step, length: (barOpen(instant(Math.max(...lasts)), step) - start) / step + 1 }
}

function lastPerBar(rows: LevelRows, grid: Grid): Float64Array {
  const column = gaps(grid.length)
  for (let i = 0; i < rows.at.length; i++) {
    const bar = Math.floor(((rows.at[i] as number) - grid.start) / grid.step)
    if (bar >= 0 && bar < grid.length) column[bar] = rows.value[i] as number
  }
  return column
}

function quoteInput(rows: LevelRows, column: Float64Array, grid: Grid, interval: Interval): Input {
  const present = column.reduce((count, value) => count + Number(!Number.isNaN(value)), 0)
  return {
    kind: 'quote',
    venue: rows.venue,
    market: 'index',
    instrument: rows.symbol,
    interval,
    from: openAt(grid, 0),
    to: openAt(grid, grid.length),
    rows: present,
    gaps: grid.length - present,
    simulated: false,
  }
}
