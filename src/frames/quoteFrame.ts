import { missingDays } from '../conventions/releases.ts'
import { CANDLE_FIELDS, gaps, type CandleField, type Candles, type Grid } from '../core/candles.ts'
import type { Frame, Input } from '../core/frame.ts'
import { DAY_MS, instant, type InstantMs } from '../core/instant.ts'
import { barOpen, intervalMs, parseInterval, type Interval } from '../core/interval.ts'

/** Values of a plain series as a store hands them out: ascending by `at`. */
export interface LevelRows {
  readonly venue: string
  readonly symbol: string
  /** `1d`; of an empty series it may be unknown, an empty text. */
  readonly interval: string
  readonly at: Float64Array
  /** When each value could first be known, ms. */
  readonly knownAt: Float64Array
  readonly value: Float64Array
  /** Whether a simulation made them; not unless said. */
  readonly simulated?: boolean
}

/**
 * Adds plain series to a frame: the last value inside each bar; a bar without a value is a gap (nothing is carried forward).
 * A value of a longer interval than the frame's stands in the bar in which it becomes known, a daily one in the last hour of its
 * day: shown any earlier it would look ahead.
 * @param frame - the frame to add to; where it has no grid of its own, the range of the values becomes the grid
 * @param series - values per symbol
 * @returns the frame with one column per symbol, and an input per series that tells its own interval, range (ms) and rows
 * @example withQuotes(emptyFrame('US', '1d', asOf), [vix]).quotes.get('VIX') // Float64Array [20, NaN, NaN, 30]
 */
export function withQuotes(frame: Frame, series: readonly LevelRows[]): Frame {
  const placed = series.map((rows) => ({ rows, moments: momentsOf(rows, frame.interval) }))
  const grid = frame.grid.length > 0 ? frame.grid : rangeGrid(placed, frame.interval)
  const quotes = new Map(placed.map((each) => [each.rows.symbol, lastPerBar(each, grid)]))
  const inputs = series.map((rows) => quoteInput(rows, frame.interval))
  return { ...frame, grid, quotes: new Map([...frame.quotes, ...quotes]), inputs: [...frame.inputs, ...inputs] }
}

/**
 * A frame whose candles are the values of a plain series: closes and nothing else.
 * @param rows - values, at least one
 * @example closesFrame(emptyFrame('SPX', '1d', asOf), rows).candles?.close.at(-1) // 5287.76
 */
export function closesFrame(frame: Frame, rows: LevelRows): Frame {
  const { grid, quotes, inputs } = withQuotes(frame, [rows])
  const none = gaps(grid.length)
  const columns = Object.fromEntries(CANDLE_FIELDS.map((field) => [field, none])) as Record<CandleField, Float64Array>
  const candles: Candles = { ...grid, ...columns, close: quotes.get(rows.symbol) ?? none }
  return { ...frame, grid, candles, inputs }
}

/** A frame without candles: for measures that need plain series only. */
export const emptyFrame = (asset: string, interval: Interval, asOf: InstantMs): Frame => ({
  asset,
  asOf,
  interval,
  grid: { start: instant(0), step: intervalMs(interval), length: 0 },
  quotes: new Map(),
  columns: new Map(),
  inputs: [],
  conventions: [],
})

/** A series with, for each of its values, a moment inside the bar that shows it. */
interface Placed {
  readonly rows: LevelRows
  readonly moments: Float64Array
}

function momentsOf({ interval, at, knownAt }: LevelRows, shown: Interval): Float64Array {
  const isLonger = at.length > 0 && intervalMs(parseInterval(interval)) > intervalMs(shown)
  // What is known at a bar's close belongs to that bar, not to the next.
  return isLonger ? knownAt.map((ms) => ms - 1) : at
}

function rangeGrid(placed: readonly Placed[], interval: Interval): Grid {
  const step = intervalMs(interval)
  let [first, last] = [Infinity, -Infinity]
  for (const { moments } of placed) {
    for (const moment of moments) {
      if (moment < first) first = moment
      if (moment > last) last = moment
    }
  }
  if (first > last) return { start: instant(0), step, length: 0 }
  const start = barOpen(instant(first), step)
  return { start, step, length: (barOpen(instant(last), step) - start) / step + 1 }
}

/** From the last value back: one that became known after a later one is no news by then. */
function lastPerBar({ rows, moments }: Placed, grid: Grid): Float64Array {
  const column = gaps(grid.length)
  let later = Infinity
  for (let i = moments.length - 1; i >= 0; i--) {
    const moment = moments[i] as number
    if (moment >= later) continue
    later = moment
    const bar = Math.floor((moment - grid.start) / grid.step)
    if (bar >= 0 && bar < grid.length && Number.isNaN(column[bar])) column[bar] = rows.value[i] as number
  }
  return column
}

function quoteInput({ venue, symbol, interval, at, simulated = false }: LevelRows, shown: Interval): Input {
  const own = at.length > 0 ? parseInterval(interval) : shown
  const step = intervalMs(own)
  const opens = new Set(Array.from(at, (ms) => barOpen(instant(ms), step)))
  const from = barOpen(instant(at[0] ?? 0), step)
  const to = at.length === 0 ? from : instant(barOpen(instant(at.at(-1) as number), step) + step)
  return {
    kind: 'quote',
    venue,
    market: 'index',
    instrument: symbol,
    interval: own,
    from,
    to,
    rows: opens.size,
    gaps: step === DAY_MS ? missingDays(symbol, opens, from, to) : (to - from) / step - opens.size,
    simulated,
  }
}
