import { openAt, type Grid } from '../core/candles.ts'
import { wordColumn } from './csv.ts'
import type { Layout } from './figure.ts'
import { formatDate } from './format.ts'
import type { Pane, Plot } from './plot.ts'
import { element, px, textAt } from './svg.ts'
import { textWidth } from './textWidth.ts'

/** A window of bars and what drove it. */
export interface Regime {
  /** First and last bar, both included. */
  readonly from: number
  readonly to: number
  /** `leverage led` */
  readonly label: string
  /** Whether price rose or fell over it. */
  readonly way: 'up' | 'down'
}

/** Windows under the bars that they are of, a row for each regime that occurs. */
export interface RegimeInput {
  readonly grid: Grid
  readonly heading: string
  readonly note?: string
  /** Every regime there can be, in the order of the rows; those that do not occur have none. */
  readonly order: readonly string[]
  /** The regime that says nothing: drawn in grey. */
  readonly unclear: string
  readonly windows: readonly Regime[]
}

/**
 * Regimes as bands, window by window, one row a regime, named at the end of its row; hollow where price rose, filled where it fell. A time
 * without a window has nothing drawn.
 */
export function regimePane(layout: Layout, input: RegimeInput): Pane {
  const { grid, heading, note, windows, order } = input
  const rows = order.filter((label) => windows.some((window) => window.label === label))
  const pitch = layout.label + 7
  return {
    key: 'regimes',
    heading,
    ...(note === undefined ? {} : { note }),
    height: Math.max(1, rows.length) * pitch,
    gutter: Math.ceil(INDENT + 2 + Math.max(0, ...rows.map((label) => textWidth(label, layout.label)))),
    draw: (plot) =>
      rows.length === 0 ? drawNothing(plot) : rows.map((row, i) => drawRow(plot, input, row, i * pitch)).join(''),
    columns: rows.length === 0 ? [] : [wordColumn(grid, 'regime', windows.flatMap(wordsOf))],
    alt: [regimeAlt(input, rows)],
    captions: [],
  }
}

const INDENT = 9

const drawNothing = (plot: Plot): string =>
  textAt(plot.left, plot.layout.label, 'No window in this time can be measured.', { class: 'f-m' })

function drawRow(plot: Plot, { windows, unclear }: RegimeInput, label: string, top: number): string {
  const { label: size } = plot.layout
  const middle = top + (size + 7) / 2
  const bands = windows
    .filter((window) => window.label === label)
    .map(({ from, to, way }) => {
      const [x1, x2] = [plot.x(from - 0.5) + 1, plot.x(to + 0.5) - 1]
      const box = { x: x1, y: middle - size * 0.4, width: Math.max(1, x2 - x1), height: size * 0.8 }
      return element('rect', { class: label === unclear ? 'f-faint' : `f-${way}`, 'stroke-width': 1, ...box })
    })
  return [
    element('path', { class: 'f-grid', d: `M${px(plot.left)},${px(middle)}H${px(plot.right)}` }),
    ...bands,
    textAt(plot.right + INDENT, middle + size * 0.35, label, label === unclear ? { class: 'f-m' } : {}),
  ].join('')
}

function wordsOf({ from, to, label, way }: Regime): readonly (readonly [number, string])[] {
  const word = `${label}, price ${way === 'up' ? 'rose' : 'fell'}`
  return Array.from({ length: to - from + 1 }, (_, i) => [from + i, word] as const)
}

function regimeAlt({ grid, heading, windows }: RegimeInput, rows: readonly string[]): string {
  if (rows.length === 0) return `${heading}: no window in this time can be measured.`
  const counts = rows.map((label) => `${label} in ${windows.filter((window) => window.label === label).length}`)
  const last = windows.toSorted((a, b) => a.to - b.to).at(-1)
  const ended = last === undefined ? '' : `; the last, to ${formatDate(openAt(grid, last.to))}, ${last.label}`
  return `${heading}, of ${windows.length} windows: ${counts.join(', ')}${ended}.`
}
