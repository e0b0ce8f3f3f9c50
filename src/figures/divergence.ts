import type { InstantMs } from '../core/instant.ts'
import { clearest, joinObstacle, type Obstacle, type Spot } from './clearance.ts'
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

/** The lines of divergences, as obstacles for words. */
export const divergenceObstacles = (
  plot: Plot,
  divergences: readonly Divergence[],
  y: (value: number) => number,
  ends: (divergence: Divergence) => readonly [number, number],
): readonly Obstacle[] =>
  onlyOnGrid(plot, divergences).map((divergence) => {
    const [y1, y2] = ends(divergence)
    return joinObstacle(plot, barsOf(plot, divergence), [y(y1), y(y2)])
  })

/** The names of divergences beside their lines, where the pane is emptiest. */
export function drawDivergenceLabels(
  plot: Plot,
  divergences: readonly Divergence[],
  y: (value: number) => number,
  bounds: { readonly top: number; readonly bottom: number },
  obstacles: readonly Obstacle[],
): string {
  const all = [...obstacles, ...divergenceObstacles(plot, divergences, y, ({ values }) => values)]
  return onlyOnGrid(plot, divergences)
    .map((divergence) => {
      const spots = spotsBeside(plot, divergence, y, bounds)
      const spot = clearest(plot, spots, all)
      return spot === undefined ? '' : textAt(spot.x1, spot.y, divergence.label, { class: 'f-halo' })
    })
    .join('')
}

/** Under and over the line, then to its left and right, nearest first. */
function spotsBeside(
  plot: Plot,
  divergence: Divergence,
  y: (value: number) => number,
  bounds: { readonly top: number; readonly bottom: number },
): readonly (Spot & { readonly y: number })[] {
  const size = plot.layout.label
  const [x1, x2] = barsOf(plot, divergence).map(plot.x) as [number, number]
  const [y1, y2] = divergence.values.map(y) as [number, number]
  const width = textWidth(divergence.label, size)
  const middle = (x1 + x2 - width) / 2
  const xs = [middle, x2 - width, x1, x1 - width, x2 + 8, x1 - width - 8]
  const lowest = Math.max(y1, y2)
  const ys = [
    lowest + size + 3,
    lowest + size * 0.35,
    Math.min(y1, y2) - 6,
    lowest + size * 2,
    Math.min(y1, y2) - size * 2,
  ]
  return ys
    .flatMap((baseline) => xs.map((x) => ({ x: clamp(x, plot.left, plot.right - width - 2), y: baseline })))
    .filter(({ y: baseline }) => baseline - size >= bounds.top && baseline <= bounds.bottom + 4)
    .map(({ x, y: baseline }) => ({
      x1: x,
      x2: x + width,
      y: baseline,
      top: () => baseline - size,
      bottom: () => baseline + 3,
    }))
}

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value))

/** The bars of a divergence's two pivots. */
export const barsOf = ({ grid }: Pick<Plot, 'grid'>, { from, to }: Divergence): readonly [number, number] => [
  Math.floor(barAtInstant(grid, from)),
  Math.floor(barAtInstant(grid, to)),
]
