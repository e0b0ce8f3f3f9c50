import { drawCandles } from './candlePane.ts'
import { drawChannel, drawChannelLabel } from './channel.ts'
import { discObstacle, lineObstacle, type Obstacle } from './clearance.ts'
import { divergenceObstacles, drawDivergences } from './divergence.ts'
import type { Layout } from './figure.ts'
import { priceFormatter } from './format.ts'
import { drawGutter, gutterWidth, toneOf, type GutterLabel } from './gutter.ts'
import { drawLevels, levelLabel } from './levels.ts'
import { drawLine, endLabel, lastOf, pixels } from './linePane.ts'
import { drawMarks, markRadius, numberMarks, placeMarks, type PlacedMark } from './marks.ts'
import type { Pane, Plot } from './plot.ts'
import { priceScaleOf, priceViewOf, type PriceInput, type PriceView } from './priceView.ts'
import { priceAlt, priceCaptions, priceColumns } from './priceWords.ts'
import type { ValueScale } from './scales.ts'
import { element, textAt } from './svg.ts'
import { drawVolume, hasVolume } from './volumePane.ts'

/**
 * Candles with everything said about them, and the volume under them at a fifth of the whole height.
 * @throws {GridMismatchError} a column has not one value a candle
 */
export function pricePane(layout: Layout, input: PriceInput): Pane {
  const view = priceViewOf(layout, input)
  const scale = priceScaleOf(view, 0, 0)
  return {
    key: 'price',
    height: view.height,
    gutter: view.isEmpty ? 0 : gutterWidth(layout, labelsOf(input, view, scale), scale.ticks),
    draw: (plot) => (view.isEmpty ? drawNothing(plot) : draw(plot, input, view)),
    columns: priceColumns(input, view),
    alt: priceAlt(input, view),
    captions: priceCaptions(input, view),
  }
}

const drawNothing = (plot: Plot): string => textAt(plot.left, 20, 'No candles in this time.', { class: 'f-m' })

function draw(plot: Plot, input: PriceInput, view: PriceView): string {
  const { candles, channel } = input
  const { scale, marks } = makeRoom(plot, input, view)
  const bounds = { top: 0, bottom: view.bottom }
  const gutter = drawGutter(plot, scale, labelsOf(input, view, scale, plot), bounds)
  const box = { x: plot.left, y: 0, width: plot.right - plot.left, height: view.bottom }
  return [
    element('clipPath', { id: `${plot.id}-price` }, element('rect', box)),
    gutter.grid,
    element('g', { 'clip-path': `url(#${plot.id}-price)` }, drawClipped(plot, input, view, scale.y)),
    channel === undefined
      ? ''
      : drawChannelLabel(plot, channel, scale.y, bounds, obstaclesOf(plot, input, scale, marks)),
    gutter.labels,
    drawMarks(plot, marks),
    scale.kind === 'log'
      ? textAt(plot.right + 9, view.bottom + plot.layout.label + 4, 'log scale', { class: 'f-m' })
      : '',
    hasVolume(candles)
      ? drawVolume(candles, input.volumeUnit, plot, { top: view.height * 0.8, bottom: view.height })
      : '',
  ].join('')
}

function drawClipped(plot: Plot, input: PriceInput, view: PriceView, y: (price: number) => number): string {
  const { candles, channel, overlays = [], divergences = [] } = input
  return [
    drawLevels(plot, view.levels, y),
    channel === undefined ? '' : drawChannel(plot, channel, y),
    drawCandles(candles, plot, y),
    ...overlays.map((line, i) => drawLine(plot, line.values, y, `f-line-${toneOf(i)}`)),
    drawDivergences(plot, divergences, y, ({ prices }) => prices),
  ].join('')
}

/** All that words should not stand on. */
function obstaclesOf(
  plot: Plot,
  { candles, overlays = [], divergences = [] }: PriceInput,
  { y }: ValueScale,
  marks: readonly PlacedMark[],
): readonly Obstacle[] {
  return [
    { upper: pixels(candles.high, y), lower: pixels(candles.low, y) },
    ...overlays.map(({ values }) => lineObstacle(values, y)),
    ...divergenceObstacles(plot, divergences, y, ({ prices }) => prices),
    ...marks.map((mark) => discObstacle(plot, mark.x, mark.y, markRadius(plot))),
  ]
}

/** Shrinks the price axis until every circle stands inside the pane. */
function makeRoom(
  plot: Plot,
  { candles, marks = [] }: PriceInput,
  view: PriceView,
): { readonly scale: ValueScale; readonly marks: readonly PlacedMark[] } {
  const numbered = numberMarks(candles, marks)
  let [above, below] = [0, 0]
  for (;;) {
    const scale = priceScaleOf(view, above, below)
    const placed = placeMarks(plot, numbered, pixels(candles.high, scale.y), pixels(candles.low, scale.y))
    const reach = markRadius(plot) + 2
    const over = Math.max(0, ...placed.map(({ y }) => reach - y))
    const under = Math.max(0, ...placed.map(({ y }) => y + reach - view.bottom))
    const isFull = above + below + over + under > view.bottom / 2
    if (over + under < 0.5 || isFull) return { scale, marks: placed }
    above += over
    below += under
  }
}

function labelsOf(input: PriceInput, view: PriceView, { y }: ValueScale, plot?: Plot): readonly GutterLabel[] {
  const last = lastOf(input.candles.close)
  const write = priceFormatter(last?.value ?? NaN, view)
  return [
    ...(last === undefined ? [] : [{ y: y(last.value), text: write(last.value), kind: 'tag', tone: 'ink' } as const]),
    ...(input.overlays ?? []).flatMap((line, i) =>
      endLabel(line, toneOf(i), y, (value) => ({ text: write(value), note: line.label }), plot?.x),
    ),
    ...view.levels.map((level) => levelLabel(level, y, write)),
  ]
}
