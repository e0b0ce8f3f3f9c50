import { openAt, type Grid } from '../core/candles.ts'
import { GridMismatchError } from '../core/errors.ts'
import type { InstantMs } from '../core/instant.ts'
import type { CsvColumn } from './csv.ts'
import type { Layout } from './figure.ts'

/** Where a pane may draw: the shared time axis, and the room to the right of it for labels. */
export interface Plot {
  /** Begins every id of the pane. */
  readonly id: string
  readonly layout: Layout
  readonly grid: Grid
  readonly left: number
  readonly right: number
  /** Pixels from one bar to the next. */
  readonly step: number
  /** Middle of bar `i`; bars may be fractions. */
  readonly x: (bar: number) => number
}

/** One picture on the shared time axis. It draws from 0 downwards in its own coordinates. */
export interface Pane {
  readonly key: string
  /** Stands over the pane in bold; left out where the figure's title says it. */
  readonly heading?: string
  /** Stands after the heading, softly: `bars: MACD less signal`. */
  readonly note?: string
  readonly height: number
  /** Width of the labels to the right of the plot. */
  readonly gutter: number
  readonly draw: (plot: Plot) => string
  readonly columns: readonly CsvColumn[]
  /** What it shows, as sentences. */
  readonly alt: readonly string[]
  readonly captions: readonly string[]
}

/**
 * The time axis of a figure: every bar gets the same width, between `left` and `right`.
 * @example plotOn('a', layoutFor(960), { start, step: DAY_MS, length: 10 }, 0, 100).x(0) // 5
 */
export function plotOn(id: string, layout: Layout, grid: Grid, left: number, right: number): Plot {
  const step = (right - left) / Math.max(1, grid.length)
  return { id, layout, grid, left, right, step, x: (bar) => left + (bar + 0.5) * step }
}

/** The bar that holds an instant, as a fraction counted from the first bar's open. */
export const barAtInstant = (grid: Grid, at: InstantMs): number => (at - grid.start) / grid.step

/** True where an instant lies in one of the grid's bars. */
export const onGrid = (grid: Grid, at: InstantMs): boolean => at >= grid.start && at < openAt(grid, grid.length)

/**
 * Proves that a column has one value a bar.
 * @throws {GridMismatchError} it has not
 */
export function checkedColumn(grid: Grid, name: string, values: Float64Array): Float64Array {
  if (values.length === grid.length) return values
  throw new GridMismatchError(`column "${name}" has ${values.length} values on a grid of ${grid.length} bars`)
}
