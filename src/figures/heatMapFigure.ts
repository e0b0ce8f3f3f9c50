import { composeFigure } from './compose.ts'
import type { Figure, FigureOptions } from './figure.ts'
import { heatPane, type HeatInput } from './heatPane.ts'

/**
 * A liquidation map over time as a heat map under the price, as one SVG.
 * @param input - a column a bin; whole dollars in the data
 * @param options - id, width, words and theme
 * @throws {GridMismatchError} a column has not one value a bar, or there is not one column a bin
 * @throws {BadFigureError} an id or a width that cannot be used
 * @example heatMapFigure({ grid, bins, usd, price, unit: 'USD per 1 % of price, estimate' }, options).alt
 * // '… Heat map of 60 bins of price from 1,400 to 2,540, up to 130m USD in one. …'
 */
export const heatMapFigure = (input: HeatInput, options: FigureOptions): Figure =>
  composeFigure(options, { grid: input.grid }, (layout) => [heatPane(layout, input, options.theme ?? 'auto')])
