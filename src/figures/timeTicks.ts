import { civil, DAY_MS, daysFromCivil, HOUR_MS, instant, type InstantMs } from '../core/instant.ts'
import { formatClock, formatDate, formatDayMonth, MONTHS } from './format.ts'

/** A place on the time axis and what is written there. */
export interface TimeTick {
  readonly at: InstantMs
  readonly label: string
}

/**
 * Every sensible set of ticks for a span of time, finest first: hours, days, weeks (Mondays), months, years.
 * A tick where a larger unit begins names that unit (`Dec`, `Jan 2025`, `Feb`); where none does, the first tick names it.
 * Days come with the year on the first tick, and over less than 60 days, once more without it.
 * @param from - first instant of the axis
 * @param to - last instant of the axis
 * @param step - milliseconds from bar to bar; hours and days that are no multiple of it are left out
 * @returns sets of ticks inside the span, both ends included; none with more than 400 ticks
 * @example
 * timeTickSets(parseInstant('2024-12-01'), parseInstant('2025-02-10'), DAY_MS).at(-9)?.[1]?.label // 'Jan 2025'
 */
export function timeTickSets(from: InstantMs, to: InstantMs, step: number): readonly (readonly TimeTick[])[] {
  const even = EVEN_STEPS.filter(([every]) => every % step === 0 && (to - from) / every <= 400)
  const evenly = even.flatMap(([every, anchor]) => {
    const ats = multiples(from, to, every, anchor)
    const labels = every < DAY_MS ? [hourLabel] : to - from < 60 * DAY_MS ? [dayLabel, formatDayMonth] : [dayLabel]
    return labels.map((label) => ats.map((at, i) => ({ at, label: label(at, i) })))
  })
  const byMonth = MONTH_STEPS.map((months) => monthLabels(monthStarts(from, to, months)))
  const byYear = YEAR_STEPS.map((years) =>
    monthStarts(from, to, years * 12).map((at) => ({ at, label: String(civil(at).year) })),
  )
  return [...evenly, ...byMonth, ...byYear].filter((ticks) => ticks.length <= 400)
}

const MONDAY = 4 * DAY_MS

const EVEN_STEPS: readonly (readonly [step: number, anchor: number])[] = [
  ...[1, 2, 3, 4, 6, 12].map((hours) => [hours * HOUR_MS, 0] as const),
  ...[1, 2].map((days) => [days * DAY_MS, 0] as const),
  [7 * DAY_MS, MONDAY],
]
const MONTH_STEPS = [1, 2, 3, 6]
const YEAR_STEPS = [1, 2, 5, 10, 20]

function multiples(from: number, to: number, step: number, anchor: number): readonly InstantMs[] {
  const first = Math.ceil((from - anchor) / step) * step + anchor
  const count = Math.max(0, Math.floor((to - first) / step) + 1)
  return Array.from({ length: count }, (_, i) => instant(first + i * step))
}

function monthStarts(from: InstantMs, to: InstantMs, step: number): readonly InstantMs[] {
  const { year, month } = civil(from)
  const found: InstantMs[] = []
  for (let months = Math.floor((year * 12 + month - 1) / step) * step; ; months += step) {
    const at = instant(daysFromCivil(Math.floor(months / 12), (months % 12) + 1, 1) * DAY_MS)
    if (at > to) return found
    if (at >= from) found.push(at)
  }
}

function hourLabel(at: InstantMs, i: number): string {
  if (civil(at).hour === 0) return formatDayMonth(at)
  return i === 0 ? `${formatDayMonth(at)}, ${formatClock(at)}` : formatClock(at)
}

const dayLabel = (at: InstantMs, i: number): string => (i === 0 ? formatDate(at) : formatDayMonth(at))

function monthLabels(starts: readonly InstantMs[]): readonly TimeTick[] {
  const hasJanuary = starts.some((at) => civil(at).month === 1)
  return starts.map((at, i) => {
    const { year, month } = civil(at)
    const name = MONTHS[month - 1] ?? ''
    return { at, label: month === 1 || (i === 0 && !hasJanuary) ? `${name} ${year}` : name }
  })
}
