import type { Grid } from '../core/candles.ts'
import { formatDay, formatInstant, instant, parseInstant, type InstantMs } from '../core/instant.ts'
import { resolveMetric, type ResolvedMetric } from './registry.ts'

/** A date that a measure counts from, and the later start of what is held. */
export interface LateStart {
  readonly date: string
  readonly begins: InstantMs
}

/**
 * Where a measure counts from a date, in its own parameters or in those of a metric inside it, that lies before the first bar held:
 * its values are then those from the first bar on.
 * @param grid - of the frame it is computed on
 * @returns the earliest such date; undefined where the bars reach back to it, and for measures without dates
 * @example lateStart(resolveMetric('low_since(low, 2010-01-01)'), grid) // { date: '2010-01-01', begins: … }
 */
export function lateStart(metric: ResolvedMetric, grid: Grid): LateStart | undefined {
  const [date] = datesOf(metric).toSorted((a, b) => parseInstant(a) - parseInstant(b))
  if (date === undefined || grid.length === 0 || parseInstant(date) >= grid.start) return undefined
  return { date, begins: instant(grid.start) }
}

function datesOf({ metric, params }: ResolvedMetric): readonly string[] {
  return metric.params.flatMap(({ name, kind }) => {
    const value = params[name]
    if (value === undefined) return []
    if (kind === 'date') return [String(value)]
    return kind === 'metric' ? datesOf(resolveMetric(String(value))) : []
  })
}

/**
 * Says it in words.
 * @example sayLateStart(late) // 'the series begins on 2017-08-17, after 2010-01-01'
 */
export function sayLateStart({ date, begins }: LateStart): string {
  const exact = formatInstant(begins)
  const start = exact.endsWith('T00:00:00Z') ? `on ${formatDay(begins)}` : `at ${exact}`
  return `the series begins ${start}, after ${date}`
}
