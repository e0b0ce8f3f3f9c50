import type { Grid } from '../core/candles.ts'
import { drawBars } from './candlePane.ts'
import { lineObstacle } from './clearance.ts'
import { drawDivergenceLabels, drawDivergences, onlyOnGrid, type Divergence } from './divergence.ts'
import type { Layout } from './figure.ts'
import { decimalsFor, formatFixed, formatSignificant } from './format.ts'
import { drawGutter, gutterWidth, toneOf, type GutterLabel } from './gutter.ts'
import { drawLine, endLabel, extentOf, lastOf, pixels, type Line } from './linePane.ts'
import { divergenceAlt, divergenceColumns } from './oscillatorPane.ts'
import { checkedColumn, type Pane, type Plot } from './plot.ts'
import { linearScale, type ValueScale } from './scales.ts'
import { horizontal } from './svg.ts'

/** Lines around zero that share a pane, over bars of their difference where there are any. */
export interface ZeroLinesInput {
  readonly grid: Grid
  /** Tells the panes of one figure apart: `macd`. */
  readonly key: string
  /** Stands over the pane: `MACD (12, 26, 9)`. */
  readonly heading: string
  readonly lines: readonly Line[]
  readonly histogram?: Line
  /** Those whose `of` is the id of one of the lines, or of the histogram, are drawn. */
  readonly divergences?: readonly Divergence[]
}

/**
 * Lines around zero, named at their ends; bars are hollow above zero and filled below.
 * @throws {GridMismatchError} a column has not one value a bar
 */
export function zeroLinesPane(layout: Layout, input: ZeroLinesInput): Pane {
  const all = [...input.lines, ...(input.histogram === undefined ? [] : [input.histogram])]
  for (const { id, values } of all) checkedColumn(input.grid, id, values)
  const divergences = onlyOnGrid(input, input.divergences ?? []).filter(({ of }) => all.some(({ id }) => id === of))
  const range = extentOf(all.map(({ values }) => values)) ?? { low: -1, high: 1 }
  const room = roomForNames(layout, divergences)
  const height = heightOf(layout, input) + room.above + room.below
  const [low, high] = [Math.min(0, range.low), Math.max(0, range.high)]
  const scale = linearScale({ low, high, top: 6 + room.above, bottom: height - 6 - room.below, spacing: 34 })
  return {
    key: input.key,
    heading: input.heading,
    ...(input.histogram === undefined ? {} : { note: `bars: ${input.histogram.label}` }),
    height,
    gutter: gutterWidth(layout, labelsOf(input, scale), scale.ticks),
    draw: (plot) => draw(plot, input, divergences, scale, height),
    columns: [...all.map(({ id, values }) => ({ name: id, values })), ...divergenceColumns(input.grid, divergences)],
    alt: [...all.map(lineAlt), ...divergences.map(divergenceAlt)],
    captions: [],
  }
}

/** A line of words under divergences below zero, and over those above, so that the names stand on no line. */
function roomForNames(
  { label }: Layout,
  divergences: readonly Divergence[],
): { readonly above: number; readonly below: number } {
  const isBelow = ({ values }: Divergence): boolean => values[0] + values[1] < 0
  return {
    above: divergences.some((divergence) => !isBelow(divergence)) ? label + 2 : 0,
    below: divergences.some(isBelow) ? label + 2 : 0,
  }
}

function heightOf({ kind }: Layout, { lines }: ZeroLinesInput): number {
  if (lines.length === 1) return kind === 'wide' ? 90 : 84
  return kind === 'wide' ? 130 : 116
}

function draw(
  plot: Plot,
  input: ZeroLinesInput,
  divergences: readonly Divergence[],
  scale: ValueScale,
  height: number,
): string {
  const { y } = scale
  const bounds = { top: 0, bottom: height }
  const gutter = drawGutter(plot, scale, labelsOf(input, scale, plot), bounds)
  const bars = input.histogram?.values
  const obstacles = [...input.lines, ...(input.histogram === undefined ? [] : [input.histogram])].map(({ values }) =>
    lineObstacle(values, y),
  )
  return [
    gutter.grid,
    bars === undefined ? '' : drawBars(plot, pixels(bars, y), y(0), (i) => (bars[i] as number) >= 0),
    horizontal(y(0), plot.left, plot.right, 'f-axis'),
    ...input.lines.map(({ values }, i) => drawLine(plot, values, y, `f-line-${toneOf(i)}`)),
    drawDivergences(plot, divergences, y, ({ values }) => values),
    drawDivergenceLabels(plot, divergences, y, bounds, obstacles),
    gutter.labels,
  ].join('')
}

function labelsOf(input: ZeroLinesInput, { y }: ValueScale, plot?: Plot): readonly GutterLabel[] {
  const { low, high } = extentOf(input.lines.map(({ values }) => values)) ?? { low: 0, high: 1 }
  const decimals = decimalsFor(Math.max(-low, high), 3)
  return input.lines.flatMap((line, i) =>
    endLabel(line, toneOf(i), y, (value) => ({ text: formatFixed(value, decimals), note: line.label }), plot?.x),
  )
}

function lineAlt({ label, values }: Line): string {
  const last = lastOf(values)
  return last === undefined
    ? `${label}: no values in this time.`
    : `${label} ends at ${formatSignificant(last.value, 3)}.`
}
