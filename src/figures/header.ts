import type { FigureOptions, Layout } from './figure.ts'
import { element, textAt } from './svg.ts'
import { textWidth, wrapText } from './textWidth.ts'

/** A piece of a figure with the height it takes. */
export interface Block {
  readonly svg: string
  readonly height: number
}

/** The subtitle as it is written: it says so first when no market made the data. */
export const subtitleOf = ({ subtitle, simulated }: FigureOptions): string =>
  simulated ? `Simulated data. ${subtitle}`.trim() : subtitle

/** Tag (where the data is simulated), title and subtitle, wrapped to the width. */
export function drawHeader(options: FigureOptions, layout: Layout): Block {
  const tag = options.simulated ? drawTag(layout) : undefined
  const width = layout.width - 2 * layout.margin
  const top = layout.margin + (tag?.height ?? 0)
  const titleLines = wrapText(options.title, width, layout.title, 'bold')
  const title = drawLines(titleLines, top, layout.title, 1.25, 'f-title', layout.margin)
  const subtitleLines = wrapText(subtitleOf(options), width, layout.subtitle)
  const subtitle = drawLines(subtitleLines, title.height + 3, layout.subtitle, 1.38, 'f-sub', layout.margin)
  return { svg: (tag?.svg ?? '') + title.svg + subtitle.svg, height: subtitle.height }
}

/** Lines of text under each other; `height` is where they end. */
function drawLines(
  lines: readonly string[],
  top: number,
  size: number,
  leading: number,
  className: string,
  x: number,
): Block {
  const svg = lines.map((line, i) => textAt(x, top + size * (0.92 + i * leading), line, { class: className })).join('')
  return { svg, height: top + size * leading * lines.length }
}

function drawTag({ margin, label }: Layout): Block {
  const word = 'SIMULATED'
  const width = textWidth(word, label, 'bold') + 12
  const height = label + 7
  const box = element('rect', { class: 'f-sim', x: margin, y: margin, width, height, rx: 2 })
  const baseline = margin + height / 2 + label * 0.36
  const inside = textAt(margin + width / 2, baseline, word, { class: 'f-b f-mid f-t-paper' })
  const beside = textAt(margin + width + 7, baseline, 'invented prices, no market', { class: 'f-t-warn' })
  return { svg: box + inside + beside, height: height + 8 }
}
