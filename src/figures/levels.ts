import type { InstantMs } from '../core/instant.ts'
import { formatPrice } from './format.ts'
import type { GutterLabel } from './gutter.ts'
import { barAtInstant, type Plot } from './plot.ts'
import { horizontal } from './svg.ts'

/** A price that the market came back to. */
export interface Level {
  readonly price: number
  /** How often it was tested; left out where nobody counted. */
  readonly tests?: number
  /** Drawn from this bar on; from the first bar unless said. */
  readonly from?: InstantMs
}

/** Levels no further outside the prices drawn than a tenth of their range; others would squeeze the candles. */
export function levelsInView(
  levels: readonly Level[],
  { low, high }: { readonly low: number; readonly high: number },
): readonly Level[] {
  const reach = (high - low) * 0.1
  return levels.filter(({ price }) => price >= low - reach && price <= high + reach)
}

/** Bar that a level is drawn from. */
export const levelStart = ({ grid }: Pick<Plot, 'grid'>, { from }: Level): number =>
  from === undefined ? 0 : Math.max(0, Math.floor(barAtInstant(grid, from)))

/** Thin lines from their first bar to the right edge. */
export const drawLevels = (plot: Plot, levels: readonly Level[], y: (price: number) => number): string =>
  levels
    .map((level) => horizontal(y(level.price), plot.x(levelStart(plot, level) - 0.5), plot.right, 'f-level'))
    .join('')

/**
 * What is said of a level's tests.
 * @example testsWords(1) // '1 test'
 */
const testsWords = (tests: number): string => (tests === 0 ? 'untested' : `${tests} test${tests === 1 ? '' : 's'}`)

/** A level in words: `1,847 (3 tests)`. */
export const levelWords = ({ price, tests }: Level): string =>
  `${formatPrice(price)}${tests === undefined ? '' : ` (${testsWords(tests)})`}`

/** The label beside a level's line. */
export const levelLabel = (
  { price, tests }: Level,
  y: (price: number) => number,
  write: (price: number) => string,
): GutterLabel => ({
  y: y(price),
  text: write(price),
  ...(tests === undefined ? {} : { note: testsWords(tests) }),
  kind: 'level',
  tone: 'ink',
})
