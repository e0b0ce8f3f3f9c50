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
  /** Pixels that the words and the rule take, with room around them. */
  readonly from: number
  readonly to: number
}

/**
 * Gives every rule a lane for its words, so that none overlap: to the right of the rule where there is room, else to its left.
 * Placed from the latest and from the earliest rule, and the way in which fewer rules run through words is kept.
 */
export function placeRules(plot: Plot, rules: readonly DateRule[]): readonly PlacedRule[] {
  const shown = rules.filter(({ at }) => onGrid(plot.grid, at)).sort((a, b) => b.at - a.at)
  const lastFirst = placeInOrder(plot, shown)
  const firstFirst = placeInOrder(plot, shown.toReversed())
  return crossings(firstFirst) < crossings(lastFirst) ? firstFirst : lastFirst
}

function placeInOrder(plot: Plot, rules: readonly DateRule[]): readonly PlacedRule[] {
  const placed: PlacedRule[] = []
  for (const rule of rules) {
    const spot = spotOf(plot, rule)
    let lane = 0
    while (placed.some((other) => other.lane === lane && other.from < spot.to && other.to > spot.from)) lane++
    placed.push({ ...spot, lane })
  }
  return placed
}

function spotOf(plot: Plot, rule: DateRule): Omit<PlacedRule, 'lane'> {
  const date = formatDayMonth(rule.at)
  const words = fitted(rule.label, plot.layout, date)
  const width = textWidth(date, plot.layout.label, 'bold') + textWidth(` ${words}`, plot.layout.label) + 2
  const x = plot.x(Math.floor(barAtInstant(plot.grid, rule.at)))
  const isRight = x + 4 + width <= plot.layout.width - plot.layout.margin
  const textX = isRight ? x + 4 : Math.max(plot.left, x - 4 - width)
  return { x, textX, date, words, from: Math.min(x, textX) - 4, to: Math.max(x, textX + width) + 4 }
}

/** How often a rule runs through words in a lane under its own. */
const crossings = (placed: readonly PlacedRule[]): number =>
  placed.reduce(
    (sum, { x, lane }) => sum + placed.filter((other) => other.lane < lane && other.from < x && other.to > x).length,
    0,
  )

/** Pixels that the lanes of words take. */
export const lanesHeight = (layout: Layout, placed: readonly PlacedRule[]): number =>
  placed.length === 0 ? 0 : (Math.max(...placed.map(({ lane }) => lane)) + 1) * (layout.label + 5) + 2

/** Rules from their words down to `bottom`. Lane 0 is the lowest. */
export function drawRules(layout: Layout, placed: readonly PlacedRule[], top: number, bottom: number): string {
  const pitch = layout.label + 5
  const height = lanesHeight(layout, placed)
  const drawn = placed.map(({ x, lane, textX, date, words }) => {
    const start = top + height - 2 - (lane + 1) * pitch
    const day = element('tspan', { class: 'f-b' }, escapeXml(date))
    const text = element('text', { x: textX, y: start + layout.label, class: 'f-halo' }, day, ` ${escapeXml(words)}`)
    return { line: vertical(x, start + 1, bottom, 'f-rule f-thin'), text }
  })
  return [...drawn.map(({ line }) => line), ...drawn.map(({ text }) => text)].join('')
}

/** Words cut to the figure's width, with a sign that they were. */
function fitted(label: string, layout: Layout, date: string): string {
  const room = layout.width - 2 * layout.margin - textWidth(`${date} `, layout.label, 'bold') - 12
  if (textWidth(label, layout.label) <= room) return label
  let words = label
  while (words !== '' && textWidth(`${words}…`, layout.label) > room) words = words.slice(0, -1)
  return `${words.trimEnd()}…`
}
