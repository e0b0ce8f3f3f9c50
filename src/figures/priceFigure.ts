import { composeFigure } from './compose.ts'
import type { DateRule } from './dateRules.ts'
import type { Figure, FigureOptions } from './figure.ts'
import { pricePane } from './pricePane.ts'
import type { PriceInput } from './priceView.ts'

/** Candles with everything said about them, and dated rules. */
export interface PriceFigureInput extends PriceInput {
  readonly rules?: readonly DateRule[]
}

/**
 * Candles (hollow up, filled down) with lines, a channel, levels, numbered marks, dated rules and the volume, as one SVG.
 * @param input - candles on an even grid, oldest first; a bar with a gap is not drawn, a gap breaks a line; empty grids say so
 * @param options - id, width, words and theme
 * @returns the figure, its data, its text alternative and its captions
 * @throws {GridMismatchError} a column has not one value a candle
 * @throws {BadFigureError} an id or a width that cannot be used
 * @example priceFigure({ candles, volumeUnit: 'ETH' }, { id: 'eth', width: 960, … }).svg.startsWith('<svg') // true
 */
export function priceFigure(input: PriceFigureInput, options: FigureOptions): Figure {
  const shared = { grid: input.candles, ...(input.rules === undefined ? {} : { rules: input.rules }) }
  return composeFigure(options, shared, (layout) => [pricePane(layout, input)])
}
