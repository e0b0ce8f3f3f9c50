import type { Grid } from '../core/candles.ts'
import type { Band } from './band.ts'
import { composeFigure } from './compose.ts'
import type { Figure, FigureOptions, Layout } from './figure.ts'
import { formatCompact, priceFormatter } from './format.ts'
import { extentOf, lastOf, type Line } from './linePane.ts'
import { linesPane } from './linesPane.ts'
import type { Pane } from './plot.ts'
import { regimePane, type RegimeInput } from './regimePane.ts'

/** Open interest in coins under the price, and what drove both, window by window. */
export interface OpenInterestInput {
  readonly grid: Grid
  /** `heading` stands over its pane: `Price, USDT`. */
  readonly price: Line & { readonly heading: string }
  readonly interest: Line & { readonly heading: string; readonly note?: string }
  /** Least and most that the one-sided number can be, where its sides are not known. */
  readonly bounds?: Band
  readonly regimes?: Omit<RegimeInput, 'grid'>
  readonly captions?: readonly string[]
}

/**
 * Price, regimes and open interest under each other on one time axis, as one SVG.
 * @param input - columns on one grid; a gap breaks a line
 * @param options - id, width, words and theme
 * @throws {GridMismatchError} a column has not one value a bar
 * @throws {BadFigureError} an id or a width that cannot be used
 * @example openInterestFigure({ grid, price, interest }, { id: 'oi', width: 960, … }).svg.startsWith('<svg') // true
 */
export const openInterestFigure = (input: OpenInterestInput, options: FigureOptions): Figure =>
  composeFigure(options, { grid: input.grid }, (layout) => panesOf(layout, input))

function panesOf(
  layout: Layout,
  { grid, price, interest, bounds, regimes, captions = [] }: OpenInterestInput,
): readonly Pane[] {
  const range = extentOf([price.values]) ?? { low: 1, high: 1 }
  const { heading, note } = interest
  return [
    linesPane(layout, {
      grid,
      key: 'price',
      heading: price.heading,
      lines: [{ ...price, tone: 'ink' }],
      axis: 'price',
      size: 'low',
      write: priceFormatter(lastOf(price.values)?.value ?? NaN, range),
    }),
    ...(regimes === undefined ? [] : [regimePane(layout, { grid, ...regimes })]),
    linesPane(layout, {
      grid,
      key: 'interest',
      heading,
      ...(note === undefined ? {} : { note }),
      lines: [{ ...interest, tone: 'accent' }],
      axis: 'value',
      ...(bounds === undefined ? {} : { band: bounds }),
      size: 'low',
      write: formatCompact,
      captions,
    }),
  ]
}
