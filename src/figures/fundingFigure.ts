import { barsPane, type BarsInput } from './barsPane.ts'
import { composeFigure } from './compose.ts'
import type { Figure, FigureOptions } from './figure.ts'

/**
 * Funding as bars around zero, hollow where longs pay and filled where shorts do, as one SVG.
 * @param input - percent a year on a grid; a gap has no bar
 * @param options - id, width, words and theme
 * @throws {GridMismatchError} a column has not one value a bar
 * @throws {BadFigureError} an id or a width that cannot be used
 * @example fundingFigure({ grid, key: 'funding', bars, write }, { id: 'funding', width: 360, … }).width // 360
 */
export const fundingFigure = (input: BarsInput, options: FigureOptions): Figure =>
  composeFigure(options, { grid: input.grid }, (layout) => [barsPane(layout, input)])
