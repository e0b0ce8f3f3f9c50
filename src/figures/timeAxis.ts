import { openAt } from '../core/candles.ts'
import { barAtInstant, type Plot } from './plot.ts'
import { element, px, textAt } from './svg.ts'
import { textWidth } from './textWidth.ts'
import { timeTickSets, type TimeTick } from './timeTicks.ts'

interface PlacedTick extends TimeTick {
  readonly x: number
  readonly from: number
  readonly to: number
}

/** Pixels under the last pane. */
export const timeAxisHeight = ({ label }: { readonly label: number }): number => label + 14

/** The time axis under the last pane, from `y` downwards. */
export function drawTimeAxis(plot: Plot, y: number): string {
  const ticks = chooseTicks(plot)
  const strokes = ticks.map(({ x }) => `M${px(x)},${px(y)}v5`).join('')
  const size = plot.layout.label
  return (
    element('path', { class: 'f-axis', d: `M${px(plot.left)},${px(y)}H${px(plot.right)}${strokes}` }) +
    ticks.map(({ from, label }) => textAt(from, y + size + 7, label, { class: 'f-m' })).join('')
  )
}

/** The finest set of ticks that is not crowded; where even the coarsest is, its ticks are thinned until none overlap. */
export function chooseTicks(plot: Plot): readonly PlacedTick[] {
  if (plot.grid.length === 0) return []
  const gap = plot.layout.kind === 'wide' ? 36 : 5
  const sets = timeTickSets(plot.grid.start, openAt(plot.grid, plot.grid.length - 1), plot.grid.step).map((ticks) =>
    place(plot, ticks),
  )
  const roomy = sets.find((ticks) => ticks.length > 0 && isRoomy(ticks, gap))
  if (roomy !== undefined) return roomy
  const kept: PlacedTick[] = []
  for (const tick of sets.findLast((ticks) => ticks.length > 0) ?? []) {
    if (tick.from >= (kept.at(-1)?.to ?? -Infinity) + gap) kept.push(tick)
  }
  return kept
}

function place(plot: Plot, ticks: readonly TimeTick[]): readonly PlacedTick[] {
  return ticks.map((tick) => {
    const x = plot.x(barAtInstant(plot.grid, tick.at))
    const width = textWidth(tick.label, plot.layout.label)
    const from = Math.max(plot.left, Math.min(plot.layout.width - plot.layout.margin - width, x - width / 2))
    return { ...tick, x, from, to: from + width }
  })
}

const isRoomy = (ticks: readonly PlacedTick[], gap: number): boolean =>
  ticks.every((tick, i) => i === 0 || tick.from >= (ticks[i - 1]?.to ?? 0) + gap)
