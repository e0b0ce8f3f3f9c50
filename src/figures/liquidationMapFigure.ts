import { instant } from '../core/instant.ts'
import { drawAmountAxis, amountAxis, type AmountAxis } from './amountAxis.ts'
import { tableCsv, type CsvColumn } from './csv.ts'
import { checkedId, layoutFor, type Figure, type FigureOptions, type Layout } from './figure.ts'
import { formatCompact, formatPrice, priceFormatter } from './format.ts'
import { drawGutter, gutterWidth, type GutterLabel } from './gutter.ts'
import { hatchFill, hatchPattern } from './hatch.ts'
import { drawHeader } from './header.ts'
import { mapView, type LiquidationMapInput, type MapView } from './liquidationMap.ts'
import { plotOn, type Plot } from './plot.ts'
import { priceScale, type ValueScale } from './scales.ts'
import { element, horizontal, px, textAt } from './svg.ts'
import { headWords, wrapFigure } from './wrapFigure.ts'

/**
 * A liquidation map as one SVG: a bar per bin of price, shorts above the price and longs below, beside it both sides summed up from the
 * price on. Estimated bars are hatched and the figure says so; published ones are solid.
 * @param input - bins by price, in dollars; a map without any amount says so
 * @param options - id, width, words and theme
 * @returns the figure; its data has one row a bin
 * @throws {GridMismatchError} a column has not one value a bin
 * @throws {BadFigureError} an id or a width that cannot be used
 * @example liquidationMapFigure({ price, longUsd, shortUsd, mark: 1795, basis: 'estimate' }, options).csv.split('\n')[0]
 * // 'price_from,price_to,long_usd,short_usd,long_usd_summed_downwards,…'
 */
export function liquidationMapFigure(input: LiquidationMapInput, options: FigureOptions): Figure {
  const layout = layoutFor(options.width)
  const view = mapView(input)
  const header = drawHeader(options, layout)
  const rows = rowsOf(layout, view)
  const alt = [...headWords(options), ...mapAlt(view)].join(' ')
  const id = checkedId(options.id)
  const height = Math.ceil(header.height + 12 + (rows?.height ?? layout.label + 12) + 4)
  const body =
    rows === undefined
      ? textAt(layout.margin, header.height + 12 + layout.label, 'No positions to be liquidated are known.', {
          class: 'f-m',
        })
      : element('g', { transform: `translate(0,${px(header.height + 12)})` }, drawMap(id, layout, view, rows))
  return {
    svg: wrapFigure(options, layout, { height, alt, body: header.svg + body }),
    csv: tableCsv(view.price.length, [...mapColumns(view), ...(options.simulated ? [simulatedColumn(view)] : [])]),
    alt,
    captions: captionsOf(view),
    width: layout.width,
    height,
  }
}

/** Where the parts of a map stand, from its top down. */
interface Rows {
  readonly scale: ValueScale
  /** The names of the two halves, then shorts and longs named at the ends of the price axis. */
  readonly headings: number
  readonly shorts: number
  readonly longs: number
  readonly top: number
  readonly bottom: number
  readonly height: number
  readonly gutter: number
}

function rowsOf(layout: Layout, view: MapView): Rows | undefined {
  const [low, high] = [view.edges[0], view.edges.at(-1)]
  if (low === undefined || high === undefined || (view.mostLongs ?? view.mostShorts) === undefined) return undefined
  const { label } = layout
  const top = 2 * label + 20
  const bottom = top + (layout.kind === 'wide' ? 400 : 360)
  const ends = { low: Math.min(low, view.mark), high: Math.max(high, view.mark) }
  const scale = priceScale({ ...ends, top, bottom, spacing: layout.kind === 'wide' ? 44 : 38 })
  return {
    scale,
    headings: label,
    shorts: top - 6,
    longs: bottom + label + 4,
    top,
    bottom: bottom + label + 10,
    height: bottom + 2 * label + 24,
    gutter: gutterWidth(layout, labelsOf(layout, view, scale), scale.ticks),
  }
}

function drawMap(id: string, layout: Layout, view: MapView, rows: Rows): string {
  const right = layout.width - layout.margin - rows.gutter
  const plot = plotOn(id, layout, NO_TIME, layout.margin, right)
  const [bars, sums] = halves(layout, plot, view)
  const gutter = drawGutter(plot, rows.scale, labelsOf(layout, view, rows.scale), {
    top: rows.top,
    bottom: rows.bottom,
  })
  const total = (values: Float64Array): string => formatCompact(values.reduce((sum, value) => sum + (value || 0), 0))
  const word = view.basis === 'estimate' ? ', estimate' : ''
  return [
    hatchPattern(id, 'up') + hatchPattern(id, 'down'),
    textAt(
      bars.left,
      rows.headings,
      layout.kind === 'wide' ? `USD per bin of ${binWords(view)}${word}` : `USD a bin${word}`,
      { class: 'f-b' },
    ),
    textAt(sums.left, rows.headings, layout.kind === 'wide' ? 'USD summed up from the price' : 'Summed up', {
      class: 'f-b',
    }),
    drawAmountAxis(layout, bars, rows.top, rows.bottom),
    drawAmountAxis(layout, sums, rows.top, rows.bottom),
    gutter.grid,
    drawBins(id, view, view.shortUsd, 'up', bars, rows.scale.y),
    drawBins(id, view, view.longUsd, 'down', bars, rows.scale.y),
    drawSums(view, sums, rows.scale.y),
    horizontal(rows.scale.y(view.mark), plot.left, plot.right, 'f-rule'),
    textAt(bars.left, rows.shorts, `Shorts ${total(view.shortUsd)}, liquidated as price rises`, {
      class: 'f-m f-halo',
    }),
    textAt(bars.left, rows.longs, `Longs ${total(view.longUsd)}, liquidated as price falls`, { class: 'f-m f-halo' }),
    gutter.labels,
  ].join('')
}

const NO_TIME = { start: instant(0), step: 1, length: 0 }

/** Bars on the left, sums on the right of one price axis. */
function halves(layout: Layout, { left, right }: Plot, view: MapView): readonly [AmountAxis, AmountAxis] {
  const { kind } = layout
  const between = kind === 'wide' ? 28 : 14
  const middle = left + (right - left - between) * (kind === 'wide' ? 0.64 : 0.6)
  return [
    amountAxis(layout, { left, right: middle }, largest([view.shortUsd, view.longUsd])),
    amountAxis(layout, { left: middle + between, right }, largest([view.shortSum, view.longSum])),
  ]
}

const largest = (columns: readonly Float64Array[]): number =>
  columns.reduce((most, column) => column.reduce((top, value) => (value > top ? value : top), most), 0)

/** One path a side; bars are a pixel apart where they are high enough. The bin that holds the price is cut there: each side has its part. */
function drawBins(
  id: string,
  { edges, basis, mark }: MapView,
  values: Float64Array,
  tone: 'up' | 'down',
  { left, x }: AmountAxis,
  y: (price: number) => number,
): string {
  let d = ''
  for (const [i, value] of values.entries()) {
    if (!(value > 0)) continue
    const [from, to] = [edges[i] as number, edges[i + 1] as number]
    const holdsMark = from < mark && mark < to
    const bottom = y(holdsMark && tone === 'up' ? mark : from)
    const top = y(holdsMark && tone === 'down' ? mark : to)
    const gap = bottom - top > 5 ? 0.5 : 0
    d += `M${px(left)},${px(top + gap)}H${px(x(value))}V${px(bottom - gap)}H${px(left)}z`
  }
  if (d === '') return ''
  return basis === 'estimate'
    ? element('path', { class: `f-outline-${tone}`, fill: hatchFill(id, tone), d })
    : element('path', { class: `f-fill-${tone}`, d })
}

/** Both sides summed up from the price to each edge. */
function drawSums(
  { edges, price, shortSum, longSum, mostShorts, mostLongs }: MapView,
  { x }: AmountAxis,
  y: (price: number) => number,
): string {
  const bins = Array.from(price, (_, i) => i)
  const point = (sum: number, edge: number | undefined): string => `${px(x(sum))},${px(y(edge ?? NaN))}`
  const shorts = [point(0, edges[0]), ...bins.map((i) => point(shortSum[i] as number, edges[i + 1]))]
  const longs = [point(0, edges.at(-1)), ...bins.toReversed().map((i) => point(longSum[i] as number, edges[i]))]
  return [
    mostShorts === undefined
      ? ''
      : element('path', { class: 'f-line-up', d: `M${fromFirstAmount(shorts, shortSum).join('L')}` }),
    mostLongs === undefined
      ? ''
      : element('path', { class: 'f-line-down', d: `M${fromFirstAmount(longs, longSum.toReversed()).join('L')}` }),
  ].join('')
}

/** Points from the last one at which the sum is still 0. */
const fromFirstAmount = (points: readonly string[], sums: Float64Array): readonly string[] =>
  points.slice(
    Math.max(
      0,
      sums.findIndex((sum) => sum > 0),
    ),
  )

function labelsOf(layout: Layout, view: MapView, { y }: ValueScale): readonly GutterLabel[] {
  const { price, edges, mark, shortUsd, longUsd, mostShorts, mostLongs } = view
  const write = priceFormatter(mark, { low: edges[0] ?? 1, high: edges.at(-1) ?? 1 })
  const cluster = (bin: number | undefined, values: Float64Array, side: string): readonly GutterLabel[] => {
    if (bin === undefined) return []
    const middle = price[bin] as number
    const note = layout.kind === 'wide' ? `${formatCompact(values[bin] as number)} of ${side}` : side
    return [{ y: y(middle), text: write(middle), note, kind: 'level', tone: 'ink' }]
  }
  return [
    { y: y(mark), text: write(mark), kind: 'tag', tone: 'ink' },
    ...cluster(mostShorts, shortUsd, 'shorts'),
    ...cluster(mostLongs, longUsd, 'longs'),
  ]
}

/** The width of a bin: `1 % of price`. */
function binWords({ edges }: MapView): string {
  const [first, second] = edges
  return first === undefined || second === undefined
    ? 'price'
    : `${Number((100 * (second / first - 1)).toPrecision(2))} % of price`
}

const mapColumns = ({ edges, price, longUsd, shortUsd, longSum, shortSum, basis }: MapView): readonly CsvColumn[] => [
  { name: 'price_from', values: edges.subarray(0, price.length) },
  { name: 'price_to', values: edges.subarray(1) },
  { name: 'long_usd', values: longUsd },
  { name: 'short_usd', values: shortUsd },
  { name: 'long_usd_summed_downwards', values: longSum },
  { name: 'short_usd_summed_upwards', values: shortSum },
  { name: 'basis', values: Array.from(price, () => basis) },
]

const simulatedColumn = ({ price }: MapView): CsvColumn => ({
  name: 'simulated',
  values: Array.from(price, () => 'yes'),
})

function mapAlt({
  mark,
  price,
  longUsd,
  shortUsd,
  longSum,
  shortSum,
  mostLongs,
  mostShorts,
  basis,
}: MapView): readonly string[] {
  const side = (
    bin: number | undefined,
    values: Float64Array,
    sum: number | undefined,
    name: string,
    where: string,
  ): string =>
    bin === undefined
      ? `No ${name} to be liquidated ${where} it are known.`
      : `${name === 'shorts' ? 'Shorts' : 'Longs'} ${where} it: ${formatCompact(sum ?? NaN)} USD, most in the bin at ${formatPrice(price[bin] as number)} (${formatCompact(values[bin] as number)} USD).`
  return [
    `${basis === 'estimate' ? 'An estimate' : 'From published positions'}, seen from a price of ${formatPrice(mark)}.`,
    side(mostShorts, shortUsd, shortSum.at(-1), 'shorts', 'above'),
    side(mostLongs, longUsd, longSum.at(0), 'longs', 'below'),
  ]
}

const captionsOf = ({ basis }: MapView): readonly string[] =>
  basis === 'estimate'
    ? ['Hatched: an estimate of where positions would be liquidated, not positions that anyone has published']
    : ['Solid: positions that the venue has published; others are not in it']
