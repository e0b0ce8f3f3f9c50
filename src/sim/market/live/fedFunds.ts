import { civil, DAY_MS, daysFromCivil, instant } from '../../../core/instant.ts'
import type { Macro } from './macro.ts'

/** In so many days the market sees half of what is to come less clearly. */
const HALF_SEEN_DAYS = 180

/**
 * The mean of the effective rate over a month, as the market of a day expects it: what is past is known, of what is to come less is seen the
 * further it is off, and what is not seen stays as it is.
 * @param month - months since the year 0: `12 * 2025 + 4` is May 2025
 * @param asOf - 00:00Z of the day, ms
 * @returns percent a year, unrounded
 */
export function expectedMean(macro: Macro, month: number, asOf: number): number {
  const first = monthStart(month)
  const count = (monthStart(month + 1) - first) / DAY_MS
  let sum = 0
  for (let i = 0; i < count; i++) sum += expected(macro, first + i * DAY_MS, asOf)
  return sum / count
}

/** The month of a day, as {@link expectedMean} counts. */
export function monthOfDay(day: number): number {
  const { year, month } = civil(instant(day))
  return 12 * year + month - 1
}

function expected(macro: Macro, day: number, asOf: number): number {
  if (day <= asOf) return macro.effective(day)
  const now = macro.effective(asOf)
  const seen = 2 ** (-(day - asOf) / DAY_MS / HALF_SEEN_DAYS)
  return now + seen * (macro.effective(day) - now)
}

const monthStart = (month: number): number => DAY_MS * daysFromCivil(Math.floor(month / 12), (month % 12) + 1, 1)
