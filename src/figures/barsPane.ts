import { openAt, type Grid } from '../core/candles.ts'
import { drawBars } from './candlePane.ts'
import type { Layout } from './figure.ts'
import { formatDate } from './format.ts'
import { drawGutter, gutterWidth, type GutterLabel } from './gutter.ts'
import { extentOf, endLabel, lastOf, pixels, type Line } from './linePane.ts'
import { checkedColumn, type Pane, type Plot } from './plot.ts'
import { linearScale, type ValueScale } from './scales.ts'
import { horizontal, textAt } from './svg.ts'

/** Values around zero, one bar each. */
export interface BarsInput {
  readonly grid: Grid
  readonly key: string
  readonly heading?: string
  readonly note?: string
  readonly bars: Line
  readonly write: (value: number) => string
}

/**
 * Bars around zero, hollow above and filled below, the last value at the end; a gap has no bar.
 * @throws {GridMismatchError} a column has not one value a bar
 */
export function barsPane(layout: Layout, input: BarsInput): Pane {
  const { grid, key, heading, note, bars, write } = input
  checkedColumn(grid, bars.id, bars.values)
  const height = layout.kind === 'wide' ? 170 : 150
  const range = extentOf([bars.values]) ?? { low: 0, high: 1 }
  const [low, high] = [Math.min(0, range.low), Math.max(0, range.high)]
  const scale = linearScale({ low, high, top: 6, bottom: height - 6, spacing: 34, write })
  return {
    key,
    ...(heading === undefined ? {} : { heading }),
    ...(note === undefined ? {} : { note }),
    height,
    gutter: gutterWidth(layout, labelsOf(input, scale), scale.ticks),
    draw: (plot) => draw(plot, input, scale, height),
    columns: [{ name: bars.id, values: bars.values }],
    alt: [barsAlt(input)],
    captions: [],
  }
}

function draw(plot: Plot, input: BarsInput, scale: ValueScale, height: number): string {
  const { values } = input.bars
  if (lastOf(values) === undefined) return textAt(plot.left, height / 2, 'No values in this time.', { class: 'f-m' })
  const { y } = scale
  const gutter = drawGutter(plot, scale, labelsOf(input, scale, plot), { top: 0, bottom: height })
  return [
    gutter.grid,
    drawBars(plot, pixels(values, y), y(0), (i) => (values[i] as number) >= 0),
    horizontal(y(0), plot.left, plot.right, 'f-axis'),
    gutter.labels,
  ].join('')
}

const labelsOf = ({ bars, write }: BarsInput, { y }: ValueScale, plot?: Plot): readonly GutterLabel[] =>
  endLabel(bars, 'ink', y, (value) => ({ text: write(value), note: bars.label }), plot?.x)

function barsAlt({ grid, bars, write, heading = bars.label }: BarsInput): string {
  const { values } = bars
  const [last, range] = [lastOf(values), extentOf([values])]
  if (last === undefined || range === undefined) return `${heading}: no values in this time.`
  const below = values.filter((value) => value < 0).length
  const held = values.filter((value) => !Number.isNaN(value)).length
  return (
    `${heading}: ${write(last.value)} on ${formatDate(openAt(grid, last.bar))}, between ${write(range.low)} and ${write(range.high)} ` +
    `in this time, below zero in ${below} of ${held} bars.`
  )
}
