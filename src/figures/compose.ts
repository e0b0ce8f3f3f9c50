import type { Grid } from '../core/candles.ts'
import { figureCsv, wordColumn, type CsvColumn } from './csv.ts'
import { drawRules, lanesHeight, placeRules, type DateRule } from './dateRules.ts'
import { checkedId, layoutFor, type Figure, type FigureOptions, type Layout } from './figure.ts'
import { formatDate } from './format.ts'
import { drawHeader } from './header.ts'
import { barAtInstant, onGrid, plotOn, type Pane, type Plot } from './plot.ts'
import { element, escapeXml, px } from './svg.ts'
import { drawTimeAxis, timeAxisHeight } from './timeAxis.ts'
import { headWords, wrapFigure } from './wrapFigure.ts'

/** What the panes of a figure share. */
export interface Shared {
  readonly grid: Grid
  readonly rules?: readonly DateRule[]
}

/**
 * One figure of panes under each other on one time axis, with title, subtitle, dated rules through all panes and, where the data is
 * simulated, a tag that says so.
 * @param panesFor - the panes from the top down, for the layout that the width asks for
 * @throws {BadFigureError} an id or a width that cannot be used
 */
export function composeFigure(
  options: FigureOptions,
  shared: Shared,
  panesFor: (layout: Layout) => readonly Pane[],
): Figure {
  const layout = layoutFor(options.width)
  const panes = panesFor(layout)
  const right = layout.width - layout.margin - Math.max(0, ...panes.map(({ gutter }) => gutter))
  const plot = plotOn(checkedId(options.id), layout, shared.grid, layout.margin, right)
  const { svg, height } = drawBody(plot, options, panes, shared.rules ?? [])
  const alt = altOf(options, panes, shared)
  return {
    svg: wrapFigure(options, layout, { height, alt, body: svg }),
    csv: figureCsv(shared.grid, columnsOf(options, panes, shared)),
    alt,
    captions: panes.flatMap(({ captions }) => captions),
    width: layout.width,
    height,
  }
}

interface Body {
  readonly svg: string
  readonly height: number
}

function drawBody(plot: Plot, options: FigureOptions, panes: readonly Pane[], rules: readonly DateRule[]): Body {
  const { layout } = plot
  const header = drawHeader(options, layout)
  const placed = placeRules(plot, rules)
  const top = header.height + 12
  let y = top + lanesHeight(layout, placed)
  const parts: string[] = []
  for (const pane of panes) {
    if (pane.heading !== undefined) {
      y += layout.label
      parts.push(drawHeading(plot.left, y, pane.heading, pane.note))
      y += 10
    }
    parts.push(element('g', { transform: `translate(0,${px(y)})` }, pane.draw(plot)))
    y += pane.height + layout.paneGap
  }
  const bottom = y - layout.paneGap
  const height = Math.ceil(bottom + timeAxisHeight(layout) + 4)
  return {
    svg: header.svg + drawRules(layout, placed, top, bottom) + parts.join('') + drawTimeAxis(plot, bottom),
    height,
  }
}

function drawHeading(x: number, y: number, heading: string, note: string | undefined): string {
  const soft = note === undefined ? '' : element('tspan', { class: 'f-m', dx: 7 }, escapeXml(note))
  return element('text', { x, y, class: 'f-b f-halo' }, escapeXml(heading), soft)
}

function altOf(options: FigureOptions, panes: readonly Pane[], { grid, rules = [] }: Shared): string {
  const named = rules.filter(({ at }) => onGrid(grid, at))
  const dates = named.map(({ at, label }) => `${formatDate(at)} ${label}`)
  return [
    ...headWords(options),
    ...panes.flatMap(({ alt }) => alt),
    ...(dates.length === 0 ? [] : [`Dated events: ${dates.join('; ')}.`]),
  ].join(' ')
}

function columnsOf(options: FigureOptions, panes: readonly Pane[], { grid, rules = [] }: Shared): readonly CsvColumn[] {
  const events = rules
    .filter(({ at }) => onGrid(grid, at))
    .map(({ at, label }) => [Math.floor(barAtInstant(grid, at)), label] as const)
  return [
    ...panes.flatMap(({ columns }) => columns),
    ...(events.length === 0 ? [] : [wordColumn(grid, 'event', events)]),
    ...(options.simulated ? [{ name: 'simulated', values: Array.from({ length: grid.length }, () => 'yes') }] : []),
  ]
}
