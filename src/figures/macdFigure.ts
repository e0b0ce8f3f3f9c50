import type { Grid } from '../core/candles.ts'
import { composeFigure } from './compose.ts'
import type { Divergence } from './divergence.ts'
import type { Figure, FigureOptions, Layout } from './figure.ts'
import type { Line } from './linePane.ts'
import { zeroLinesPane } from './macdPane.ts'
import type { Pane } from './plot.ts'

/** MACD with its signal and histogram, and momentum in a pane of its own where it is given. */
export interface MacdInput {
  readonly grid: Grid
  /** Stands over the pane: `MACD (12, 26, 9)`. */
  readonly heading: string
  readonly line: Line
  readonly signal: Line
  readonly histogram: Line
  /** `heading` stands over its pane: `Momentum, 10 days`. */
  readonly momentum?: Line & { readonly heading: string }
  /** Those whose `of` is the id of one of the lines are drawn. */
  readonly divergences?: readonly Divergence[]
}

/** The panes of `macdFigure`, to stand with others on one time axis. */
export function macdPanes(layout: Layout, input: MacdInput): readonly Pane[] {
  const { grid, heading, line, signal, histogram, momentum, divergences = [] } = input
  const macd = zeroLinesPane(layout, { grid, key: 'macd', heading, lines: [line, signal], histogram, divergences })
  if (momentum === undefined) return [macd]
  const below = { grid, key: 'momentum', heading: momentum.heading, lines: [momentum], divergences }
  return [macd, zeroLinesPane(layout, below)]
}

/**
 * MACD, signal, histogram and momentum with their divergences, as one SVG.
 * @param input - columns on one grid, in the price's unit; a gap breaks a line
 * @param options - id, width, words and theme
 * @throws {GridMismatchError} a column has not one value a bar
 * @throws {BadFigureError} an id or a width that cannot be used
 * @example macdFigure({ grid, heading: 'MACD', line, signal, histogram }, { id: 'macd', width: 960, … }).width // 960
 */
export const macdFigure = (input: MacdInput, options: FigureOptions): Figure =>
  composeFigure(options, { grid: input.grid }, (layout) => macdPanes(layout, input))
