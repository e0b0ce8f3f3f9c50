import { composeFigure } from './compose.ts'
import type { Figure, FigureOptions } from './figure.ts'
import { oscillatorPane, type OscillatorInput } from './oscillatorPane.ts'

/**
 * Oscillators between 0 and 100 (RSI, MFI) with their thresholds and divergences, as one SVG.
 * @param input - columns on one grid; a gap breaks a line
 * @param options - id, width, words and theme
 * @throws {GridMismatchError} a column has not one value a bar
 * @throws {BadFigureError} an id or a width that cannot be used
 * @example oscillatorFigure({ grid, heading: 'RSI', lines: [rsi] }, { id: 'rsi', width: 960, … }).alt // 'ETH is oversold. …'
 */
export const oscillatorFigure = (input: OscillatorInput, options: FigureOptions): Figure =>
  composeFigure(options, { grid: input.grid }, (layout) => [oscillatorPane(layout, input)])
