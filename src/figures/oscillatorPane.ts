import type { Grid } from '../core/candles.ts'
import { clearest, lineObstacle, type Obstacle } from './clearance.ts'
import { wordColumn, type CsvColumn } from './csv.ts'
import { barsOf, drawDivergenceLabels, drawDivergences, onlyOnGrid, type Divergence } from './divergence.ts'
import type { Layout } from './figure.ts'
import { formatDate, formatFixed, formatSignificant } from './format.ts'
import { drawGutter, gutterWidth, toneOf, type GutterLabel } from './gutter.ts'
import { drawLine, endLabel, extentOf, lastOf, type Line } from './linePane.ts'
import { checkedColumn, type Pane, type Plot } from './plot.ts'
import { linearScale, type ValueScale } from './scales.ts'
import { horizontal, textAt } from './svg.ts'
import { textWidth } from './textWidth.ts'

/** A value beyond which an oscillator means something, drawn as a rule with its name. */
export interface Threshold {
  readonly value: number
  /** `RSI overbought` */
  readonly label: string
}

/** Oscillators between 0 and 100 that share one pane. */
export interface OscillatorInput {
  readonly grid: Grid
  /** Stands over the pane: `RSI and MFI, 14 days`. */
  readonly heading: string
  readonly lines: readonly (Line & { readonly thresholds?: readonly Threshold[] })[]
  /** Those whose `of` is the id of one of the lines are drawn. */
  readonly divergences?: readonly Divergence[]
}

/**
 * Oscillators as lines named at their ends, with their thresholds.
 * @throws {GridMismatchError} a column has not one value a bar
 */
export function oscillatorPane(layout: Layout, input: OscillatorInput): Pane {
  for (const { id, values } of input.lines) checkedColumn(input.grid, id, values)
  const height = layout.kind === 'wide' ? 160 : 140
  const scale = linearScale({ low: 0, high: 100, top: 0, bottom: height, spacing: 20 })
  const divergences = divergencesOf(input)
  return {
    key: 'oscillators',
    heading: input.heading,
    height,
    gutter: gutterWidth(layout, labelsOf(input, scale), [{ y: 0, label: '100' }]),
    draw: (plot) => draw(plot, input, divergences, scale, height),
    columns: [
      ...input.lines.map(({ id, values }) => ({ name: id, values })),
      ...divergenceColumns(input.grid, divergences),
    ],
    alt: [...input.lines.flatMap(lineAlt), ...divergences.map(divergenceAlt)],
    captions: [],
  }
}

/** The pivots of divergences in an oscillator's own unit. */
export function divergenceColumns(grid: Grid, divergences: readonly Divergence[]): readonly CsvColumn[] {
  const words = divergences.flatMap((divergence) =>
    barsOf({ grid }, divergence).map(
      (bar, i) => [bar, `${divergence.label} of ${divergence.of} at ${divergence.values[i]}`] as const,
    ),
  )
  const names = [...new Set(divergences.map(({ of }) => of))]
  return words.length === 0 ? [] : [wordColumn(grid, `divergence_in_${names.join('_')}`, words)]
}

/** A divergence in words, in the oscillator's own unit. */
export const divergenceAlt = ({ label, of, from, to, values }: Divergence): string =>
  `${label} in ${of}: ${formatSignificant(values[0], 3)} on ${formatDate(from)}, ${formatSignificant(values[1], 3)} on ${formatDate(to)}.`

function draw(
  plot: Plot,
  input: OscillatorInput,
  divergences: readonly Divergence[],
  scale: ValueScale,
  height: number,
): string {
  const { y } = scale
  const bounds = { top: 0, bottom: height }
  const thresholds = namedThresholds(input)
  const ticks = [0, 50, 100].map((value) => ({ y: y(value), label: String(value) }))
  const gutter = drawGutter(plot, { ...scale, ticks }, labelsOf(input, scale, plot), bounds)
  const obstacles = input.lines.map(({ values }) => lineObstacle(values, y))
  return [
    gutter.grid,
    ...thresholds.map(({ value }) => horizontal(y(value), plot.left, plot.right, 'f-level')),
    ...input.lines.map(({ values }, i) => drawLine(plot, values, y, `f-line-${toneOf(i)}`)),
    ...thresholds.map((threshold) => drawThresholdLabel(plot, threshold, y, obstacles)),
    drawDivergences(plot, divergences, y, ({ values }) => values),
    drawDivergenceLabels(plot, divergences, y, bounds, obstacles),
    gutter.labels,
  ].join('')
}

/** One threshold a value, with all its names and the value: `RSI overbought 70`. */
function namedThresholds({ lines }: OscillatorInput): readonly Threshold[] {
  const names = new Map<number, string[]>()
  for (const { value, label } of lines.flatMap(({ thresholds = [] }) => thresholds)) {
    names.set(value, [...(names.get(value) ?? []), label])
  }
  return [...names].map(([value, labels]) => ({ value, label: `${labels.join(', ')} ${value}` }))
}

/** The name beyond its rule, where the lines seldom go, and there where they leave it alone. */
function drawThresholdLabel(
  plot: Plot,
  { value, label }: Threshold,
  y: (value: number) => number,
  obstacles: readonly Obstacle[],
): string {
  const size = plot.layout.label
  const baseline = value >= 50 ? y(value) - 3 : y(value) + size
  const width = textWidth(label, size)
  const spots = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].map((part) => {
    const x1 = plot.left + Math.max(0, plot.right - plot.left - width - 4) * part
    return { x1, x2: x1 + width, top: () => baseline - size, bottom: () => baseline + 1 }
  })
  const spot = clearest(plot, spots, obstacles)
  return textAt(spot?.x1 ?? plot.left, baseline, label, { class: 'f-m' })
}

const labelsOf = (input: OscillatorInput, { y }: ValueScale, plot?: Plot): readonly GutterLabel[] =>
  input.lines.flatMap((line, i) =>
    endLabel(line, toneOf(i), y, (value) => ({ text: formatFixed(value, 0), note: line.label }), plot?.x),
  )

const divergencesOf = ({ grid, lines, divergences = [] }: OscillatorInput): readonly Divergence[] =>
  onlyOnGrid({ grid }, divergences).filter(({ of }) => lines.some(({ id }) => id === of))

function lineAlt({ label, values, thresholds = [] }: OscillatorInput['lines'][number]): readonly string[] {
  const [last, range] = [lastOf(values), extentOf([values])]
  if (last === undefined || range === undefined) return [`${label}: no values in this time.`]
  const rules = thresholds.map((threshold) => `${threshold.label} ${threshold.value}`).join(', ')
  return [
    `${label} ends at ${formatFixed(last.value, 1)}, between ${formatFixed(range.low, 1)} and ${formatFixed(range.high, 1)} before` +
      `${rules === '' ? '' : ` (rules: ${rules})`}.`,
  ]
}
