import type { Grid } from '../core/candles.ts'
import { barsPane, type BarsInput } from './barsPane.ts'
import { composeFigure } from './compose.ts'
import type { Figure, FigureOptions } from './figure.ts'
import { linesPane, type LinesInput } from './linesPane.ts'

/** What came in, bar by bar, and what there is of it; either alone where the other is not held. */
export interface MoneyInput {
  readonly grid: Grid
  readonly flow?: BarsInput
  readonly stock?: LinesInput
}

/**
 * Flows as bars around zero over a stock as a line, as one SVG.
 * @param input - at least one of the two, on the grid; a gap has no bar and breaks the line
 * @param options - id, width, words and theme
 * @throws {GridMismatchError} a column has not one value a bar
 * @throws {BadFigureError} an id or a width that cannot be used
 * @example moneyFigure({ grid, flow }, { id: 'money', width: 360, … }).width // 360
 */
export const moneyFigure = ({ grid, flow, stock }: MoneyInput, options: FigureOptions): Figure =>
  composeFigure(options, { grid }, (layout) => [
    ...(flow === undefined ? [] : [barsPane(layout, flow)]),
    ...(stock === undefined ? [] : [linesPane(layout, stock)]),
  ])
