import type { Grid } from '../core/candles.ts'
import { figureCsv, wordColumn, type CsvColumn } from './csv.ts'
import { drawRules, lanesHeight, placeRules, type DateRule } from './dateRules.ts'
import { checkedId, layoutFor, type Figure, type FigureOptions, type Layout } from './figure.ts'
import { formatDate } from './format.ts'
import { drawHeader, subtitleOf } from './header.ts'
import { barAtInstant, onGrid, plotOn, type Pane, type Plot } from './plot.ts'
import { figureStyle } from './style.ts'
import { element, escapeXml, px } from './svg.ts'
import { drawTimeAxis, timeAxisHeight } from './timeAxis.ts'

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
    svg: wrap(options, layout, height, alt, svg),
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

function wrap(options: FigureOptions, layout: Layout, height: number, alt: string, body: string): string {
  const { id } = options
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      id,
      viewBox: `0 0 ${layout.width} ${height}`,
      width: layout.width,
      height,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-desc`,
    },
    element('title', { id: `${id}-title` }, escapeXml(options.title)),
    element('desc', { id: `${id}-desc` }, escapeXml(alt)),
    figureStyle(id, layout, options.theme ?? 'auto'),
    element('rect', { class: 'f-paper', width: layout.width, height }),
    body,
  )
}

function altOf(options: FigureOptions, panes: readonly Pane[], { grid, rules = [] }: Shared): string {
  const named = rules.filter(({ at }) => onGrid(grid, at))
  const dates = named.map(({ at, label }) => `${formatDate(at)} ${label}`)
  return [
    sentence(options.title),
    sentence(subtitleOf(options)),
    ...panes.flatMap(({ alt }) => alt),
    ...(dates.length === 0 ? [] : [`Dated events: ${dates.join('; ')}.`]),
  ].join(' ')
}

const sentence = (text: string): string => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`)

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
