import { composeFigure } from '../../src/figures/compose.ts'
import type { DateRule } from '../../src/figures/dateRules.ts'
import type { Divergence } from '../../src/figures/divergence.ts'
import type { Figure, FigureOptions } from '../../src/figures/figure.ts'
import { macdPanes, type MacdInput } from '../../src/figures/macdFigure.ts'
import { oscillatorPane, type OscillatorInput } from '../../src/figures/oscillatorPane.ts'
import type { Grid } from '../../src/core/candles.ts'
import { GridMismatchError } from '../../src/core/errors.ts'
import { pricePane } from '../../src/figures/pricePane.ts'
import type { PriceInput } from '../../src/figures/priceView.ts'

/** Price and what is computed from it; divergences are drawn in the price pane and in their oscillator's. */
export interface TechnicalInput {
  readonly price: Omit<PriceInput, 'divergences'>
  readonly oscillators?: Omit<OscillatorInput, 'divergences'>
  readonly macd?: Omit<MacdInput, 'divergences'>
  readonly divergences?: readonly Divergence[]
  readonly rules?: readonly DateRule[]
}

/**
 * Price, oscillators, MACD and momentum under each other on one time axis, as one SVG.
 * @param input - panes on one grid; those left out are not drawn
 * @param options - id, width, words and theme
 * @throws {GridMismatchError} the panes differ in start, step or length, or a column has not one value a bar
 * @throws {BadFigureError} an id or a width that cannot be used
 * @example technicalFigure({ price, oscillators, macd }, { id: 'eth', width: 360, … }).width // 360
 */
export function technicalFigure(input: TechnicalInput, options: FigureOptions): Figure {
  const { price, oscillators, macd, divergences = [], rules = [] } = input
  const grids = [price.candles, ...[oscillators, macd].flatMap((pane) => (pane === undefined ? [] : [pane.grid]))]
  return composeFigure(options, { grid: checkedGrid(grids), rules }, (layout) => [
    pricePane(layout, { ...price, divergences }),
    ...(oscillators === undefined ? [] : [oscillatorPane(layout, { ...oscillators, divergences })]),
    ...(macd === undefined ? [] : macdPanes(layout, { ...macd, divergences })),
  ])
}

/** Proves that panes share one time axis. */
function checkedGrid(grids: readonly Grid[]): Grid {
  const [first, ...others] = grids
  if (first === undefined) throw new GridMismatchError('a figure needs at least one pane')
  for (const other of others) {
    if (other.start !== first.start || other.step !== first.step || other.length !== first.length)
      throw new GridMismatchError('the panes of a figure differ in start, step or length')
  }
  return first
}
