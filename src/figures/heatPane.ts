import { openAt, type Grid } from '../core/candles.ts'
import { GridMismatchError } from '../core/errors.ts'
import type { Layout } from './figure.ts'
import { formatCompact, formatDate, formatPrice, priceFormatter } from './format.ts'
import { drawGutter, gutterWidth, type GutterLabel } from './gutter.ts'
import { hatchFill, hatchPattern } from './hatch.ts'
import { heatSteps, stepOf } from './heatSteps.ts'
import { drawLine, extentOf, lastOf, type Line } from './linePane.ts'
import { binEdges } from './liquidationMap.ts'
import { heatCss, type Theme } from './palette.ts'
import { checkedColumn, type Pane, type Plot } from './plot.ts'
import { logScale, type ValueScale } from './scales.ts'
import { element, px, textAt } from './svg.ts'
import { textWidth } from './textWidth.ts'

/** Dollars per bin of price over time, with the price over them. */
export interface HeatInput {
  readonly grid: Grid
  /** Middle of each bin, ascending, evenly spaced in ratio. */
  readonly bins: Float64Array
  /** A column on the grid for each bin, dollars; a bar whose bins are all NaN is a gap. */
  readonly usd: readonly Float64Array[]
  readonly price: Line
  /** What a cell counts, under the colours: `USD of longs and shorts per 1 % of price, estimate`. */
  readonly unit: string
}

/**
 * A heat map with its legend above it. Colours change at round amounts and follow the theme, dark is much on light paper and bright is
 * much on dark; the price is white with a dark edge. A bar without a map is hatched.
 * @throws {GridMismatchError} a column has not one value a bar, or there is not one column a bin
 */
export function heatPane(layout: Layout, input: HeatInput, theme: Theme): Pane {
  const { grid, bins, usd, price } = input
  if (usd.length !== bins.length)
    throw new GridMismatchError(`a heat map of ${bins.length} bins has ${usd.length} columns`)
  checkedColumn(grid, price.id, price.values)
  for (const [k, column] of usd.entries()) checkedColumn(grid, binName(bins[k] as number), column)
  const view = viewOf(layout, input)
  return {
    key: 'heat',
    height: view === undefined ? layout.label + 8 : view.bottom,
    gutter: view === undefined ? 0 : gutterWidth(layout, labelsOf(input, view.scale), view.scale.ticks),
    draw: (plot) => (view === undefined ? drawNothing(plot) : draw(plot, input, view, theme)),
    columns: [
      { name: price.id, values: price.values },
      ...usd.map((column, k) => ({ name: binName(bins[k] as number), values: column.map(Math.round) })),
    ],
    alt: heatAlt(input, view),
    captions: view !== undefined && emptyBars(input).length > 0 ? ['Hatched: no map of that time'] : [],
  }
}

const binName = (middle: number): string => `usd_at_${Number(middle.toPrecision(6))}`

interface HeatView {
  readonly edges: Float64Array
  readonly steps: readonly number[]
  readonly scale: ValueScale
  readonly top: number
  readonly bottom: number
}

function viewOf(layout: Layout, { bins, usd, price }: HeatInput): HeatView | undefined {
  const edges = binEdges(bins)
  const steps = heatSteps(largestOf(usd))
  const [low, high] = [edges[0], edges.at(-1)]
  if (low === undefined || high === undefined || steps.length === 0) return undefined
  const top = 2 * layout.label + 34
  const bottom = top + (layout.kind === 'wide' ? 340 : 300)
  const prices = extentOf([price.values]) ?? { low, high }
  const ends = { low: Math.min(low, prices.low), high: Math.max(high, prices.high) }
  const scale = logScale({ ...ends, top, bottom, spacing: layout.kind === 'wide' ? 44 : 38 })
  return { edges, steps, scale, top, bottom }
}

const largestOf = (columns: readonly Float64Array[]): number =>
  columns.reduce((most, column) => column.reduce((top, value) => (value > top ? value : top), most), 0)

const drawNothing = (plot: Plot): string =>
  textAt(plot.left, plot.layout.label, 'No positions to be liquidated are known in this time.', { class: 'f-m' })

function draw(plot: Plot, input: HeatInput, view: HeatView, theme: Theme): string {
  const { scale, top, bottom } = view
  const clip = `${plot.id}-heat-clip`
  const box = { x: plot.left, y: top, width: plot.right - plot.left, height: bottom - top }
  const { values } = input.price
  const gutter = drawGutter(plot, scale, labelsOf(input, scale, plot), { top, bottom })
  return [
    `<style>${heatCss(`#${plot.id}`, theme)}</style>`,
    element('clipPath', { id: clip }, element('rect', box)),
    hatchPattern(plot.id, 'muted'),
    drawLegend(plot, input, view),
    gutter.grid,
    drawEmpty(plot, input, view),
    drawCells(plot, input, view),
    element(
      'g',
      { 'clip-path': `url(#${clip})` },
      drawLine(plot, values, scale.y, 'f-over-halo'),
      drawLine(plot, values, scale.y, 'f-over'),
    ),
    gutter.labels,
  ].join('')
}

/** One path a colour; neighbours of one colour in a bin are one rectangle. */
function drawCells(plot: Plot, { usd, grid }: HeatInput, { edges, steps, scale }: HeatView): string {
  const paths = Array.from({ length: steps.length + 1 }, () => '')
  for (const [k, column] of usd.entries()) {
    const [bottom, top] = [px(scale.y(edges[k] as number)), px(scale.y(edges[k + 1] as number))]
    for (let from = 0; from < grid.length;) {
      const step = stepOf(column[from] as number, steps)
      let to = from + 1
      while (to < grid.length && stepOf(column[to] as number, steps) === step) to++
      if (step > 0)
        paths[step] += `M${px(plot.x(from - 0.5))},${top}H${px(plot.x(to - 0.5))}V${bottom}H${px(plot.x(from - 0.5))}z`
      from = to
    }
  }
  const drawn = paths.map((d, step) => (d === '' ? '' : element('path', { class: `f-heat-${step}`, d })))
  return element('g', { 'shape-rendering': 'crispEdges' }, ...drawn)
}

const emptyBars = ({ grid, usd }: HeatInput): readonly number[] =>
  Array.from({ length: grid.length }, (_, i) => i).filter((i) => usd.every((column) => Number.isNaN(column[i])))

function drawEmpty(plot: Plot, input: HeatInput, { top, bottom }: HeatView): string {
  const d = emptyBars(input).map(
    (i) => `M${px(plot.x(i - 0.5))},${px(top)}H${px(plot.x(i + 0.5))}V${px(bottom)}H${px(plot.x(i - 0.5))}z`,
  )
  return d.length === 0 ? '' : element('path', { fill: hatchFill(plot.id, 'muted'), d: d.join('') })
}

/** The colours with the amounts at which each begins. */
function drawLegend(plot: Plot, { unit }: HeatInput, { steps }: HeatView): string {
  const { label: size, kind } = plot.layout
  const width = kind === 'wide' ? 46 : 34
  const swatches = steps.map((_, i) =>
    element('rect', { class: `f-heat-${i + 1}`, x: plot.left + i * width, y: size + 8, width, height: 9 }),
  )
  const amounts = steps.map((from, i) =>
    textAt(plot.left + i * width, 2 * size + 20, formatCompact(from), { class: 'f-m' }),
  )
  const under = `blank: under ${formatCompact(steps[0] ?? NaN)}`
  const x = plot.left + steps.length * width + 12
  const hasRoom = x + textWidth(under, size) <= plot.right
  return [
    textAt(plot.left, size, unit, { class: 'f-b' }),
    ...swatches,
    ...amounts,
    hasRoom ? textAt(x, size + 16, under, { class: 'f-m' }) : '',
  ].join('')
}

function labelsOf({ price, bins }: HeatInput, { y }: ValueScale, plot?: Plot): readonly GutterLabel[] {
  const last = lastOf(price.values)
  if (last === undefined) return []
  const write = priceFormatter(last.value, { low: bins[0] ?? 1, high: bins.at(-1) ?? 1 })
  const fromX = plot === undefined ? {} : { fromX: plot.x(last.bar) }
  return [{ y: y(last.value), text: write(last.value), kind: 'tag', tone: 'ink', ...fromX }]
}

function heatAlt({ grid, bins, usd, price }: HeatInput, view: HeatView | undefined): readonly string[] {
  if (view === undefined) return ['No positions to be liquidated are known in this time.']
  const bar = Array.from({ length: grid.length }, (_, i) => i).findLast((i) =>
    usd.some((column) => !Number.isNaN(column[i])),
  )
  const last = lastOf(price.values)
  const at = (k: number): number => usd[k]?.[bar ?? 0] ?? NaN
  const most = Array.from(bins, (_, k) => k).reduce((best, k) => (at(k) > (at(best) || 0) ? k : best), 0)
  return [
    `Heat map of ${bins.length} bins of price from ${formatPrice(bins[0] ?? NaN)} to ${formatPrice(bins.at(-1) ?? NaN)}, up to ${formatCompact(largestOf(usd))} USD in one.`,
    `On ${formatDate(openAt(grid, bar ?? 0))} most is at ${formatPrice(bins[most] ?? NaN)} (${formatCompact(at(most))} USD); ${price.label} ends at ${formatPrice(last?.value ?? NaN)}.`,
  ]
}
