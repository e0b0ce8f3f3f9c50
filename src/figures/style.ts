import type { Layout } from './figure.ts'
import { figurePaletteCss, type Theme } from './palette.ts'

/**
 * The style sheet inside a figure. Every rule is scoped to the figure's id: styles of an inlined SVG would else reach the page.
 * @param id - id of the figure's outer element
 */
export function figureStyle(id: string, layout: Layout, theme: Theme): string {
  const scoped = Object.entries(rules(layout)).map(([name, body]) => `#${id} ${name}{${body}}`)
  return `<style>${figurePaletteCss(`#${id}`, theme)}${scoped.join('')}</style>`
}

const FAMILY =
  'var(--figure-font,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",system-ui,sans-serif)'

const LINE = 'fill:none;stroke-linejoin:round;stroke-linecap:round'

const rules = (layout: Layout): Readonly<Record<string, string>> => ({
  text: `font:400 ${layout.label}px ${FAMILY};font-variant-numeric:tabular-nums;fill:var(--f-ink)`,
  '.f-title': `font-size:${layout.title}px;font-weight:700;letter-spacing:-.005em`,
  '.f-sub': `font-size:${layout.subtitle}px;fill:var(--f-muted)`,
  '.f-b': 'font-weight:700',
  '.f-m': 'fill:var(--f-muted);font-weight:400',
  '.f-end': 'text-anchor:end',
  '.f-mid': 'text-anchor:middle',
  '.f-halo': 'stroke:var(--f-paper);stroke-width:3.5px;stroke-linejoin:round;paint-order:stroke',
  '.f-t-accent': 'fill:var(--f-accent)',
  '.f-t-warn': 'fill:var(--f-warn)',
  '.f-t-muted': 'fill:var(--f-muted)',
  '.f-t-paper': 'fill:var(--f-paper)',
  '.f-paper': 'fill:var(--f-paper)',
  '.f-grid': 'fill:none;stroke:var(--f-grid);stroke-width:1',
  '.f-axis': 'fill:none;stroke:var(--f-muted);stroke-width:1',
  '.f-rule': 'fill:none;stroke:var(--f-muted);stroke-width:1',
  '.f-level': 'fill:none;stroke:var(--f-muted);stroke-width:.7',
  '.f-thin': 'stroke-dasharray:1 3;stroke-linecap:round',
  '.f-up': 'fill:var(--f-paper);stroke:var(--f-up)',
  '.f-down': 'fill:var(--f-down);stroke:var(--f-down)',
  '.f-line-accent': `${LINE};stroke:var(--f-accent);stroke-width:${layout.kind === 'wide' ? 1.8 : 1.5}`,
  '.f-line-warn': `${LINE};stroke:var(--f-warn);stroke-width:1.4`,
  '.f-line-ink': `${LINE};stroke:var(--f-ink);stroke-width:${layout.kind === 'wide' ? 1.1 : 0.9}`,
  '.f-line-muted': `${LINE};stroke:var(--f-muted);stroke-width:1.2`,
  '.f-edge': `${LINE};stroke:var(--f-muted);stroke-width:1.3`,
  '.f-band': 'fill:var(--f-accent);opacity:.13',
  '.f-faint': 'fill:var(--f-grid);stroke:var(--f-muted)',
  '.f-hatch-up': 'stroke:var(--f-up);stroke-width:1.6',
  '.f-hatch-down': 'stroke:var(--f-down);stroke-width:1.6',
  '.f-hatch-muted': 'stroke:var(--f-muted);stroke-width:.6',
  '.f-outline-up': 'stroke:var(--f-up);stroke-width:.8',
  '.f-outline-down': 'stroke:var(--f-down);stroke-width:.8',
  '.f-fill-up': 'fill:var(--f-up)',
  '.f-fill-down': 'fill:var(--f-down)',
  '.f-line-up': `${LINE};stroke:var(--f-up);stroke-width:1.8`,
  '.f-line-down': `${LINE};stroke:var(--f-down);stroke-width:1.8`,
  '.f-over': `${LINE};stroke:#fff;stroke-width:${layout.kind === 'wide' ? 1.8 : 1.5}`,
  '.f-over-halo': `${LINE};stroke:#14171a;stroke-width:${layout.kind === 'wide' ? 4.6 : 4}`,
  '.f-odds': 'fill:var(--f-accent)',
  '.f-step': `${LINE};stroke:var(--f-ink);stroke-width:${layout.kind === 'wide' ? 1.8 : 1.5}`,
  '.f-line-halo': `${LINE};stroke:var(--f-paper);stroke-width:${layout.kind === 'wide' ? 4.6 : 4}`,
  '.f-dash': 'stroke-dasharray:5 4',
  '.f-join': `${LINE};stroke:var(--f-ink);stroke-width:1.2`,
  '.f-dot': 'fill:var(--f-ink)',
  '.f-mark': 'fill:var(--f-paper);stroke:var(--f-ink);stroke-width:1.2',
  '.f-tag': 'fill:var(--f-ink)',
  '.f-lead': 'stroke-width:1',
  '.f-sim': 'fill:var(--f-warn)',
})
