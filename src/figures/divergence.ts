import type { InstantMs } from '../core/instant.ts'
import { clearest, type Obstacle } from './clearance.ts'
import { barAtInstant, onGrid, type Plot } from './plot.ts'
import { element, px, textAt } from './svg.ts'
import { textWidth } from './textWidth.ts'

/** Two pivots where price and an oscillator disagree; drawn as a line in both panes. */
export interface Divergence {
  /** Id of the oscillator's line: `rsi`. */
  readonly of: string
  /** `Bullish divergence` */
  readonly label: string
  /** Opens of the bars of the two pivots. */
  readonly from: InstantMs
  readonly to: InstantMs
  /** Price at the two pivots. */
  readonly prices: readonly [number, number]
  /** The oscillator at the two pivots. */
  readonly values: readonly [number, number]
}

/** Divergences whose pivots are both on the grid. */
export const onlyOnGrid = (plot: Pick<Plot, 'grid'>, divergences: readonly Divergence[]): readonly Divergence[] =>
  divergences.filter(({ from, to }) => onGrid(plot.grid, from) && onGrid(plot.grid, to))

/** A line with a dot at each pivot, in the unit of the pane that `ends` picks. */
export function drawDivergences(
  plot: Plot,
  divergences: readonly Divergence[],
  y: (value: number) => number,
  ends: (divergence: Divergence) => readonly [number, number],
): string {
  return onlyOnGrid(plot, divergences)
    .map((divergence) => {
      const [x1, x2] = barsOf(plot, divergence).map(plot.x) as [number, number]
      const [y1, y2] = ends(divergence).map(y) as [number, number]
      const dots = [
        [x1, y1],
        [x2, y2],
      ].map(([cx, cy]) => element('circle', { class: 'f-dot', cx, cy, r: 2.6 }))
      return element('path', { class: 'f-join', d: `M${px(x1)},${px(y1)}L${px(x2)},${px(y2)}` }) + dots.join('')
    })
    .join('')
}

/** The names of divergences beside their lines: over, under or to the left, where the pane is emptiest. */
export function drawDivergenceLabels(
  plot: Plot,
  divergences: readonly Divergence[],
  y: (value: number) => number,
  bounds: { readonly top: number; readonly bottom: number },
  obstacles: readonly Obstacle[],
): string {
  const size = plot.layout.label
  return onlyOnGrid(plot, divergences)
    .map((divergence) => {
      const [x1, x2] = barsOf(plot, divergence).map(plot.x) as [number, number]
      const [y1, y2] = divergence.values.map(y) as [number, number]
      const width = textWidth(divergence.label, size)
      const middle = (x1 + x2 - width) / 2
      const spots = [
        { x: middle, y: Math.max(y1, y2) + size + 4 },
        { x: middle, y: Math.min(y1, y2) - 7 },
        { x: x1 - width - 8, y: y1 + size * 0.35 },
        { x: x1 - width, y: y1 + size + 4 },
      ]
        .map((spot) => ({ ...spot, x: Math.max(plot.left + 2, Math.min(plot.right - width - 2, spot.x)) }))
        .filter((spot) => spot.y - size >= bounds.top && spot.y + 3 <= bounds.bottom)
        .map((spot) => ({
          ...spot,
          x1: spot.x,
          x2: spot.x + width,
          top: () => spot.y - size,
          bottom: () => spot.y + 3,
        }))
      const spot = clearest(plot, spots, obstacles)
      return spot === undefined ? '' : textAt(spot.x, spot.y, divergence.label, { class: 'f-halo' })
    })
    .join('')
}

/** The bars of a divergence's two pivots. */
export const barsOf = ({ grid }: Pick<Plot, 'grid'>, { from, to }: Divergence): readonly [number, number] => [
  Math.floor(barAtInstant(grid, from)),
  Math.floor(barAtInstant(grid, to)),
]
