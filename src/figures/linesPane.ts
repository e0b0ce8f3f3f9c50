import { openAt, type Grid } from '../core/candles.ts'
import { drawBand, hasHeight, type Band } from './band.ts'
import type { Layout } from './figure.ts'
import { formatDate } from './format.ts'
import { drawGutter, gutterWidth, type GutterLabel, type LineTone } from './gutter.ts'
import { drawLine, endLabel, extentOf, lastOf, type Line } from './linePane.ts'
import { checkedColumn, type Pane, type Plot } from './plot.ts'
import { linearScale, priceScale, type ValueScale } from './scales.ts'
import { element, horizontal, textAt } from './svg.ts'

/** A line of a pane with its tone; the first of a pane is drawn on top. */
export interface TonedLine extends Line {
  readonly tone: LineTone
}

/** Lines of one unit that share a pane. */
export interface LinesInput {
  readonly grid: Grid
  /** Tells the panes of one figure apart: `cvd`. */
  readonly key: string
  readonly heading?: string
  readonly note?: string
  readonly lines: readonly TonedLine[]
  /** `price` has equal ratios where it is far, and a tag at the last value of its first line. */
  readonly axis: 'price' | 'value'
  /** A value that the axis must hold, with a rule through it: 0 for a sum, 50 for a share. */
  readonly base?: number
  /** What the lines can be, drawn under them and cut where it leaves the axis. */
  readonly band?: Band
  /** Bars on which there is nothing to have, such as days without a session: a line goes straight over them, and breaks elsewhere. */
  readonly rests?: (bar: number) => boolean
  readonly size: 'tall' | 'low'
  readonly write: (value: number) => string
  readonly captions?: readonly string[]
}

/**
 * Lines named at their ends. A line breaks at gaps; one that ends early is named where it ends.
 * @throws {GridMismatchError} a column has not one value a bar
 */
export function linesPane(layout: Layout, input: LinesInput): Pane {
  const { grid, key, lines, heading, captions = [] } = input
  const band = input.band !== undefined && hasHeight(input.band) ? input.band : undefined
  for (const { id, values } of lines) checkedColumn(grid, id, values)
  for (const side of ['lower', 'upper'] as const) if (band !== undefined) checkedColumn(grid, band.id, band[side])
  const height = HEIGHTS[input.size][layout.kind]
  const scale = scaleOf(input, band, height)
  const note = scale.kind === 'log' ? 'log scale' : input.note
  return {
    key,
    ...(heading === undefined ? {} : { heading }),
    ...(note === undefined ? {} : { note }),
    height,
    gutter: gutterWidth(layout, labelsOf(input, scale), scale.ticks),
    draw: (plot) => draw(plot, input, band, scale, height),
    columns: [
      ...lines.map(({ id, values }) => ({ name: id, values })),
      ...(band === undefined ? [] : bandColumns(band)),
    ],
    alt: lines.map((line) => lineAlt(line, input)),
    captions,
  }
}

const HEIGHTS = { tall: { wide: 220, narrow: 190 }, low: { wide: 130, narrow: 116 } } as const
const PADDING = 6

/** Lines keep this share of the height: a band of which they are the upper edge may be far wider than they move. */
const LINES_SHARE = 0.4

function scaleOf({ lines, base, axis, write }: LinesInput, band: Band | undefined, height: number): ValueScale {
  const drawn = extentOf(lines.map(({ values }) => values)) ?? { low: base ?? 0, high: (base ?? 0) + 1 }
  const low = Math.min(drawn.low, base ?? drawn.low)
  const high = Math.max(drawn.high, base ?? drawn.high)
  const reach = (high - low) / LINES_SHARE
  const whole = extentOf(band === undefined ? [] : [band.lower, band.upper]) ?? { low, high }
  const bottom = Math.min(low, Math.max(whole.low, high - reach))
  const range = {
    low: bottom,
    high: Math.max(high, Math.min(whole.high, low + reach)),
    top: PADDING,
    // A rule at the very bottom is the pane's own edge; beside it, it would be a second one.
    bottom: bottom === base ? height : height - PADDING,
    spacing: axis === 'price' ? 24 : 34,
    write,
  }
  return axis === 'price' ? priceScale(range) : linearScale(range)
}

function draw(plot: Plot, input: LinesInput, band: Band | undefined, scale: ValueScale, height: number): string {
  const { y } = scale
  const { lines, base } = input
  if (lines.every(({ values }) => lastOf(values) === undefined)) {
    return textAt(plot.left, height / 2, 'No values in this time.', { class: 'f-m' })
  }
  const gutter = drawGutter(plot, scale, labelsOf(input, scale, plot), { top: 0, bottom: height })
  const clip = `${plot.id}-${input.key}-clip`
  const box = { x: plot.left, y: 0, width: plot.right - plot.left, height }
  return [
    band === undefined ? '' : element('clipPath', { id: clip }, element('rect', box)),
    band === undefined ? '' : element('g', { 'clip-path': `url(#${clip})` }, drawBand(plot, band, y)),
    gutter.grid,
    base === undefined ? '' : horizontal(y(base), plot.left, plot.right, 'f-axis'),
    ...lines.toReversed().map(({ values, tone }) => drawLine(plot, values, y, `f-line-${tone}`, input.rests)),
    gutter.labels,
  ].join('')
}

function labelsOf({ lines, axis, write }: LinesInput, { y }: ValueScale, plot?: Plot): readonly GutterLabel[] {
  const words = (value: number, label: string): { readonly text: string; readonly note: string } => ({
    text: write(value),
    note: label,
  })
  return lines.flatMap((line, i) => {
    const labels = endLabel(line, line.tone, y, (value) => words(value, line.label), plot?.x)
    return axis === 'price' && i === 0
      ? labels.map(({ y: at, text, tone }) => ({ y: at, text, tone, kind: 'tag' as const }))
      : labels
  })
}

const bandColumns = ({ id, lower, upper }: Band): Pane['columns'] => [
  { name: `${id}_least`, values: lower },
  { name: `${id}_most`, values: upper },
]

function lineAlt({ label, values }: Line, { grid, write, lines, heading }: LinesInput): string {
  const name = lines.length === 1 ? (heading ?? label) : label
  const [last, range] = [lastOf(values), extentOf([values])]
  if (last === undefined || range === undefined) return `${name}: no values in this time.`
  const day = formatDate(openAt(grid, last.bar))
  return `${name}: ${write(last.value)} on ${day}, between ${write(range.low)} and ${write(range.high)} in this time.`
}
