import { civil, DAY_MS, daysFromCivil, formatDay, instant, startOfDay, type InstantMs } from '../../core/instant.ts'

/** A day or a month, UTC; `to` is its end. */
export interface Period {
  readonly text: string
  readonly from: InstantMs
  readonly to: InstantMs
}

/** The days that touch a stretch, `to` left out. */
export function daysIn(from: InstantMs, to: InstantMs): readonly Period[] {
  const days: Period[] = []
  for (let at = startOfDay(from); at < to; at = instant(at + DAY_MS)) {
    days.push({ text: formatDay(at), from: at, to: instant(at + DAY_MS) })
  }
  return days
}

/**
 * The month that holds an instant.
 * @example monthOf(parseInstant('2025-02-07')).text // '2025-02'
 */
export function monthOf(at: InstantMs): Period {
  const { year, month } = civil(at)
  const from = instant(daysFromCivil(year, month, 1) * DAY_MS)
  const to = month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1)
  return { text: formatDay(from).slice(0, 7), from, to: instant(to * DAY_MS) }
}

/** The months that touch a stretch, `to` left out. */
export function monthsIn(from: InstantMs, to: InstantMs): readonly Period[] {
  const months: Period[] = []
  for (let at = from; at < to; at = (months.at(-1) as Period).to) months.push(monthOf(at))
  return months
}

/**
 * 00:00Z of the first Monday at or after a day.
 * @example firstMonday(parseInstant('2025-05-01')) // 2025-05-05
 */
export function firstMonday(from: InstantMs): InstantMs {
  const day = Math.floor(from / DAY_MS)
  // 1970 began on a Thursday, three days into a week that begins on Monday.
  const sinceMonday = (day + 3) % 7
  return instant((day + ((7 - sinceMonday) % 7)) * DAY_MS)
}
