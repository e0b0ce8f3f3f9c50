import { composeFigure } from './compose.ts'
import type { DateRule } from './dateRules.ts'
import type { Figure, FigureOptions } from './figure.ts'
import { linesPane, type LinesInput } from './linesPane.ts'

/**
 * Lines of one unit named at their ends (open interest by venue, spot and futures CVD, shares long), as one SVG.
 * @param input - columns on one grid; a gap breaks a line
 * @param options - id, width, words and theme
 * @param rules - dated events that the text names
 * @throws {GridMismatchError} a column has not one value a bar
 * @throws {BadFigureError} an id or a width that cannot be used
 * @example linesFigure({ grid, key: 'cvd', lines: [spot, futures], … }, { id: 'cvd', width: 960, … }).width // 960
 */
export const linesFigure = (input: LinesInput, options: FigureOptions, rules: readonly DateRule[] = []): Figure =>
  composeFigure(options, { grid: input.grid, rules }, (layout) => [linesPane(layout, input)])
