import type { InstantMs } from '../core/instant.ts'
import { formatClock, formatDate } from './format.ts'
import { barAtInstant, onGrid, type Plot } from './plot.ts'
import { element, px, textAt } from './svg.ts'
import { DAY_MS } from '../core/instant.ts'
import type { Grid } from '../core/candles.ts'

/** An event at a candle, drawn as a numbered circle and explained under the figure. */
export interface Mark {
  /** Any instant of its bar; marks outside the figure's time are left out. */
  readonly at: InstantMs
  readonly side: 'above' | 'below'
  /** `Stopping volume`; no full stop. */
  readonly label: string
}

/** A mark with its number and the bar it belongs to. */
export interface NumberedMark extends Mark {
  readonly number: number
  readonly bar: number
}

/** Numbers the marks that lie on the grid in order of time, from 1. */
export function numberMarks(grid: Grid, marks: readonly Mark[]): readonly NumberedMark[] {
  return marks
    .filter(({ at }) => onGrid(grid, at))
    .sort((a, b) => a.at - b.at)
    .map((mark, i) => ({ ...mark, number: i + 1, bar: Math.floor(barAtInstant(grid, mark.at)) }))
}

/** The explanation of a mark: `3: Stopping volume, 7 Apr 2025`. */
export function markCaption(grid: Grid, { number, label, at }: NumberedMark): string {
  const clock = grid.step < DAY_MS ? `, ${formatClock(at)} UTC` : ''
  return `${number}: ${label}, ${formatDate(at)}${clock}`
}

/** A mark with the place of its circle and of the candle's end that it points to. */
export interface PlacedMark extends NumberedMark {
  readonly x: number
  readonly y: number
  readonly tip: number
}

/** Radius of the circles. */
export const markRadius = ({ layout }: Plot): number => (layout.kind === 'wide' ? 8.5 : 7.5)

/**
 * Stands every mark clear of the candles under its circle and of the other marks, as near to its own candle as that allows.
 * @param high - pixels of each bar's high
 * @param low - pixels of each bar's low
 */
export function placeMarks(
  plot: Plot,
  marks: readonly NumberedMark[],
  high: Float64Array,
  low: Float64Array,
): readonly PlacedMark[] {
  const radius = markRadius(plot)
  const placed: PlacedMark[] = []
  for (const mark of marks) {
    const sign = mark.side === 'above' ? -1 : 1
    const ends = mark.side === 'above' ? high : low
    const x = plot.x(mark.bar)
    let y = outermost(plot, ends, mark, radius) + sign * (radius + 5)
    for (let bumped = true; bumped;) {
      const other = placed.find((near) => Math.hypot(near.x - x, near.y - y) < 2 * radius + 2)
      bumped = other !== undefined
      if (other !== undefined) y = other.y + sign * Math.sqrt(Math.max(0, (2 * radius + 2.5) ** 2 - (other.x - x) ** 2))
    }
    placed.push({ ...mark, x, y, tip: ends[mark.bar] as number })
  }
  return placed.filter(({ tip }) => !Number.isNaN(tip))
}

/** The candle end that reaches furthest out among those under the circle. */
function outermost(plot: Plot, ends: Float64Array, { bar, side }: NumberedMark, radius: number): number {
  const reach = Math.ceil((radius + 1) / plot.step)
  const near = ends.subarray(Math.max(0, bar - reach), bar + reach + 1).filter((y) => !Number.isNaN(y))
  return side === 'above' ? Math.min(...near) : Math.max(...near)
}

/** Circles with their numbers, and a thin line to the candle. */
export function drawMarks(plot: Plot, marks: readonly PlacedMark[]): string {
  const radius = markRadius(plot)
  const leads = marks.map(({ x, y, tip, side }) => {
    const sign = side === 'above' ? -1 : 1
    return `M${px(x)},${px(tip + sign * 2)}V${px(y - sign * radius)}`
  })
  if (marks.length === 0) return ''
  return (
    element('path', { class: 'f-rule', d: leads.join('') }) +
    marks.map(({ x, y }) => element('circle', { class: 'f-mark', cx: x, cy: y, r: radius })).join('') +
    marks
      .map(({ x, y, number }) => textAt(x, y + plot.layout.label * 0.35, String(number), { class: 'f-b f-mid' }))
      .join('')
  )
}
