import { spreadLabels } from './labels.ts'
import type { Layout } from './figure.ts'
import type { Plot } from './plot.ts'
import type { ValueScale, ValueTick } from './scales.ts'
import { element, escapeXml, px, textAt } from './svg.ts'
import { textWidth } from './textWidth.ts'

/** A label to the right of the plot, at the height of what it names. */
export interface GutterLabel {
  readonly y: number
  /** The value, or the name where the value says nothing. */
  readonly text: string
  /** Said more softly after it: `3 tests`, `EMA 20`. */
  readonly note?: string
  /** `tag` is the last price in a filled box. */
  readonly kind: 'tag' | 'line' | 'level'
  readonly tone: LineTone
  /** Where the named line ends; the right edge of the plot unless said. */
  readonly fromX?: number
}

/** How a line is drawn; the order of a pane's lines chooses it. */
export type LineTone = 'accent' | 'warn' | 'ink' | 'muted'

/** Tones for the lines of a pane, in order. */
const LINE_TONES: readonly LineTone[] = ['accent', 'ink', 'warn']

/** The tone of line `i` of a pane. */
export const toneOf = (i: number): LineTone => LINE_TONES[i % LINE_TONES.length] ?? 'ink'

/** The tone of line `i` of many of one kind: the first three have a colour, the rest are grey. */
export const toneByRank = (i: number): LineTone => LINE_TONES[i] ?? 'muted'

/** What labels need to know of where they stand. */
type Sides = Pick<Plot, 'layout' | 'left' | 'right'>

const INDENT = 9
const WEIGHTS = { tag: 1000, line: 3, level: 1 } as const

/** Room that the labels and ticks of a pane need, in pixels. */
export function gutterWidth(layout: Layout, labels: readonly GutterLabel[], ticks: readonly ValueTick[]): number {
  const widths = labels.map((label) => labelWidth(layout, label))
  const tickWidths = ticks.map(({ label }) => textWidth(label, layout.label))
  return Math.ceil(INDENT + Math.max(0, ...widths, ...tickWidths) + 2)
}

const labelWidth = (layout: Layout, { text, note, kind }: GutterLabel): number =>
  textWidth(text, layout.label, 'bold') +
  (note === undefined ? 0 : textWidth(` ${note}`, layout.label)) +
  (kind === 'tag' ? 4 : 0)

/**
 * Draws ticks with their grid lines and the labels beside the plot. Labels never overlap; a tick that would stand under a label
 * gives way to it, with its grid line.
 */
export function drawGutter(
  plot: Sides,
  scale: ValueScale,
  labels: readonly GutterLabel[],
  bounds: { readonly top: number; readonly bottom: number },
): { readonly grid: string; readonly labels: string } {
  const line = plot.layout.label + 2
  const height = (kind: GutterLabel['kind']): number => (kind === 'tag' ? line + 4 : line)
  const places = spreadLabels(
    labels.map(({ y, kind }) => ({ y, height: height(kind), weight: WEIGHTS[kind] })),
    bounds.top - line / 2,
    bounds.bottom + line / 2,
  )
  const free = (tick: ValueTick): boolean =>
    labels.every(({ kind }, i) => Math.abs((places[i] ?? 0) - tick.y) >= (height(kind) + line) / 2 - 1)
  const ticks = scale.ticks.filter(free)
  const words = ticks.map(({ y, label }) => tickWords(plot, y, label, 'f-m'))
  return {
    grid: element('path', {
      class: 'f-grid',
      d: ticks.map(({ y }) => `M${px(plot.left)},${px(y)}H${px(plot.right)}`).join(''),
    }),
    labels: words.join('') + labels.map((label, i) => drawLabel(plot, label, places[i] ?? label.y)).join(''),
  }
}

const tickWords = (plot: Sides, y: number, label: string, className: string): string =>
  textAt(plot.right + INDENT, y + plot.layout.label * 0.35, label, { class: className })

function drawLabel(plot: Sides, label: GutterLabel, y: number): string {
  const baseline = y + plot.layout.label * 0.35
  const x = plot.right + INDENT
  if (label.kind === 'tag') return drawTag(plot, label.text, y)
  const note = label.note === undefined ? '' : element('tspan', { class: 'f-m', dx: 4 }, escapeXml(label.note))
  const tone = label.kind === 'line' && label.tone !== 'ink' ? ` f-t-${label.tone}` : ''
  const lead = element('path', {
    class: label.kind === 'line' ? `f-line-${label.tone} f-lead` : 'f-rule f-lead',
    d: `M${px(label.fromX ?? plot.right)},${px(label.y)}L${px(plot.right)},${px(label.y)}L${px(x - 2)},${px(y)}`,
  })
  return lead + element('text', { x, y: baseline, class: `f-b${tone}` }, escapeXml(label.text), note)
}

function drawTag(plot: Sides, text: string, y: number): string {
  const { label } = plot.layout
  const x = plot.right + INDENT
  const width = textWidth(text, label, 'bold') + 7
  const [top, bottom] = [y - label / 2 - 3, y + label / 2 + 3]
  const outline = `M${px(x - 7)},${px(y)}L${px(x - 3)},${px(top)}H${px(x - 3 + width)}V${px(bottom)}H${px(x - 3)}Z`
  return element('path', { class: 'f-tag', d: outline }) + textAt(x, y + label * 0.35, text, { class: 'f-b f-t-paper' })
}
