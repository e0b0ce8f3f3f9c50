import type { InstantMs } from '../core/instant.ts'
import { formatDayMonth } from './format.ts'
import type { Layout } from './figure.ts'
import { barAtInstant, onGrid, type Plot } from './plot.ts'
import { element, escapeXml, vertical } from './svg.ts'
import { textWidth } from './textWidth.ts'

/** A dated event that the text names: a thin upright rule with its date and name over the plot. */
export interface DateRule {
  readonly at: InstantMs
  /** `Tariff announcement` */
  readonly label: string
}

interface PlacedRule {
  readonly x: number
  readonly lane: number
  readonly textX: number
  readonly date: string
  readonly words: string
}

/** Gives every rule a lane for its words, so that none overlap: to the right of the rule where there is room, else to its left. */
export function placeRules(plot: Plot, rules: readonly DateRule[]): readonly PlacedRule[] {
  const taken: { readonly lane: number; readonly from: number; readonly to: number }[] = []
  return rules
    .filter(({ at }) => onGrid(plot.grid, at))
    .sort((a, b) => b.at - a.at)
    .map((rule) => {
      const date = formatDayMonth(rule.at)
      const words = fitted(rule.label, plot.layout, date)
      const width = textWidth(date, plot.layout.label, 'bold') + textWidth(` ${words}`, plot.layout.label) + 6
      const x = plot.x(Math.floor(barAtInstant(plot.grid, rule.at)))
      const isRight = x + 4 + width <= plot.layout.width - plot.layout.margin
      const textX = isRight ? x + 4 : Math.max(plot.left, x - 4 - width)
      const [from, to] = [Math.min(x, textX) - 4, Math.max(x, textX + width) + 4]
      let lane = 0
      while (taken.some((other) => other.lane === lane && other.from < to && other.to > from)) lane++
      taken.push({ lane, from, to })
      return { x, lane, textX, date, words }
    })
}

/** Pixels that the lanes of words take. */
export const lanesHeight = (layout: Layout, placed: readonly PlacedRule[]): number =>
  placed.length === 0 ? 0 : (Math.max(...placed.map(({ lane }) => lane)) + 1) * (layout.label + 5) + 2

/** Rules from their words down to `bottom`. Lane 0 is the lowest. */
export function drawRules(layout: Layout, placed: readonly PlacedRule[], top: number, bottom: number): string {
  const pitch = layout.label + 5
  const height = lanesHeight(layout, placed)
  return placed
    .map(({ x, lane, textX, date, words }) => {
      const start = top + height - 2 - (lane + 1) * pitch
      const day = element('tspan', { class: 'f-b' }, escapeXml(date))
      const text = element('text', { x: textX, y: start + layout.label, class: 'f-halo' }, day, ` ${escapeXml(words)}`)
      return vertical(x, start + 1, bottom, 'f-rule f-thin') + text
    })
    .join('')
}

/** Words cut to the figure's width, with a sign that they were. */
function fitted(label: string, layout: Layout, date: string): string {
  const room = layout.width - 2 * layout.margin - textWidth(`${date} `, layout.label, 'bold') - 12
  if (textWidth(label, layout.label) <= room) return label
  let words = label
  while (words !== '' && textWidth(`${words}…`, layout.label) > room) words = words.slice(0, -1)
  return `${words.trimEnd()}…`
}
