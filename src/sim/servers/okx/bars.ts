import { civil, DAY_MS, daysFromCivil, HOUR_MS, instant, MINUTE_MS } from '../../../core/instant.ts'

/** Where the bars of a length open: so many milliseconds, or months, counted from one opening. */
export type Bar =
  | { readonly is: 'fixed'; readonly stepMs: number; readonly anchorMs: number }
  | { readonly is: 'calendar'; readonly months: number; readonly anchorMs: number }

/** Bars of six hours and more open by the clock of UTC+8 unless they are named `utc`. */
const HONG_KONG_MS = -8 * HOUR_MS
/** 1970-01-05 was a Monday. */
const MONDAY_MS = 4 * DAY_MS

const SHORT: Readonly<Record<string, number>> = {
  '1m': MINUTE_MS,
  '3m': 3 * MINUTE_MS,
  '5m': 5 * MINUTE_MS,
  '15m': 15 * MINUTE_MS,
  '30m': 30 * MINUTE_MS,
  '1H': HOUR_MS,
  '2H': 2 * HOUR_MS,
  '4H': 4 * HOUR_MS,
}

const LONG: Readonly<Record<string, Bar>> = {
  '6H': { is: 'fixed', stepMs: 6 * HOUR_MS, anchorMs: 0 },
  '12H': { is: 'fixed', stepMs: 12 * HOUR_MS, anchorMs: 0 },
  '1D': { is: 'fixed', stepMs: DAY_MS, anchorMs: 0 },
  '2D': { is: 'fixed', stepMs: 2 * DAY_MS, anchorMs: 0 },
  '3D': { is: 'fixed', stepMs: 3 * DAY_MS, anchorMs: 0 },
  '5D': { is: 'fixed', stepMs: 5 * DAY_MS, anchorMs: 0 },
  '1W': { is: 'fixed', stepMs: 7 * DAY_MS, anchorMs: MONDAY_MS },
  '1M': { is: 'calendar', months: 1, anchorMs: 0 },
  '3M': { is: 'calendar', months: 3, anchorMs: 0 },
}

/** Every length by the venue's name, all that there is of them here: bars of a second are not. */
export const BARS: ReadonlyMap<string, Bar> = new Map([
  ...Object.entries(SHORT).map(([name, stepMs]): [string, Bar] => [name, { is: 'fixed', stepMs, anchorMs: 0 }]),
  ...Object.entries(LONG).flatMap(([name, bar]): [string, Bar][] => [
    [`${name}utc`, bar],
    [name, { ...bar, anchorMs: bar.anchorMs + HONG_KONG_MS }],
  ]),
])

/** The opening of the bar that holds an instant. */
export function openOf(bar: Bar, at: number): number {
  const { anchorMs } = bar
  if (bar.is === 'fixed') return Math.floor((at - anchorMs) / bar.stepMs) * bar.stepMs + anchorMs
  return monthAt(Math.floor(monthOf(at - anchorMs) / bar.months) * bar.months) + anchorMs
}

/** The opening so many bars later than this one, or earlier. */
export const moved = (bar: Bar, open: number, bars: number): number =>
  bar.is === 'fixed'
    ? open + bars * bar.stepMs
    : monthAt(monthOf(open - bar.anchorMs) + bars * bar.months) + bar.anchorMs

/** Whole months since 1970, and their beginning. */
function monthOf(at: number): number {
  const { year, month } = civil(instant(at))
  return (year - 1970) * 12 + month - 1
}

const monthAt = (months: number): number =>
  daysFromCivil(1970 + Math.floor(months / 12), (((months % 12) + 12) % 12) + 1, 1) * DAY_MS
