import type { FigureOptions, Layout } from './figure.ts'
import { subtitleOf } from './header.ts'
import { figureStyle } from './style.ts'
import { element, escapeXml } from './svg.ts'

/** What is drawn, how high it is, and the same in words. */
interface FigureBody {
  readonly body: string
  readonly height: number
  readonly alt: string
}

/** One self-contained SVG element around what is drawn, with its words for those who cannot see it. */
export function wrapFigure(options: FigureOptions, layout: Layout, { body, height, alt }: FigureBody): string {
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

/** Title and subtitle as the first sentences of a text alternative. */
export const headWords = (options: FigureOptions): readonly string[] => [
  sentence(options.title),
  sentence(subtitleOf(options)),
]

const sentence = (text: string): string => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`)
