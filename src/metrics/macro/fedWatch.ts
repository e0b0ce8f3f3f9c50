import { civil, daysFromCivil, type InstantMs } from '../../core/instant.ts'

/** What the target moves by at once, percent. */
const STEP = 0.25
/** With fewer days behind a meeting in its month, what the month averages says too little of the rate behind it. */
const LEAST_DAYS_AFTER = 7

/** How likely each number of steps is: steps of a quarter of a percent (negative is lower) to shares that sum to 1. */
export type Moves = ReadonlyMap<number, number>

/** The mean rate of a month as its fed funds futures imply it. */
export interface ImpliedMonth {
  /** Months since January of the year 0. */
  readonly month: number
  /** 100 less the price: percent a year. */
  readonly rate: number
}

/** What futures say of one meeting. */
export interface MeetingMove {
  /** 00:00Z of the day of the decision, which holds from the next day on. */
  readonly meeting: InstantMs
  /** The rate before and behind it, percent. */
  readonly start: number
  readonly end: number
  /** Moves at this meeting alone. */
  readonly conditional: Moves
  /** Moves from now until behind it, all ways to get there summed up. */
  readonly chained: Moves
  /** The same told from the rate behind it alone, against the rate now: at most two neighbouring outcomes. */
  readonly aggregated: Moves
  /** Whether the rate behind it rests on few days of its own month, for want of a month without a meeting next to it. */
  readonly isThin: boolean
}

/**
 * The month of an instant, counted so that months can be added.
 * @example monthOf(parseInstant('2024-05-01')) // 24292
 */
export function monthOf(at: InstantMs): number {
  const { year, month } = civil(at)
  return 12 * year + month - 1
}

/**
 * Shares of the two whole moves that a change of the expected rate lies between: the fraction goes to the further one.
 * @param start - expected rate before, percent
 * @param end - expected rate behind
 * @example splitMove(5.125, 5.25) // Map { 0 => 0.5, 1 => 0.5 }
 */
export function splitMove(start: number, end: number): Moves {
  // Rates are given to a thousandth of a percent: what lies beyond a billionth of a step is rounding.
  const steps = Number(((end - start) / STEP).toFixed(9))
  const whole = Math.floor(steps)
  const fraction = steps - whole
  return fraction === 0
    ? new Map([[whole, 1]])
    : new Map([
        [whole, 1 - fraction],
        [whole + 1, fraction],
      ])
}

/**
 * Moves of two meetings together, each independent of the other.
 * @example chainMoves(new Map([[0, 0.5], [1, 0.5]]), new Map([[0, 0.5], [1, 0.5]])) // Map { 0 => 0.25, 1 => 0.5, 2 => 0.25 }
 */
export function chainMoves(first: Moves, second: Moves): Moves {
  const sums = new Map<number, number>()
  for (const [a, p] of first) for (const [b, q] of second) sums.set(a + b, (sums.get(a + b) ?? 0) + p * q)
  return new Map([...sums].toSorted(([a], [b]) => a - b))
}

/**
 * The rate behind a meeting from the mean of its month: the mean of so many days before it and the rest behind.
 * @param days - of the month
 * @param before - of them at the rate before: up to the day of the decision
 * @example rateBehind(0.195, 0.1325, { days: 30, before: 16 }) // 0.2664
 */
export function rateBehind(
  mean: number,
  start: number,
  { days, before }: { readonly days: number; readonly before: number },
): number {
  return (days * mean - before * start) / (days - before)
}

/**
 * What fed funds futures say of coming meetings, by the method of CME's FedWatch. The rate before a meeting is the mean of the month before
 * where that has no meeting, else the rate behind the meeting before; the rate behind it comes from the mean of its own month, or, where
 * fewer than seven days of that are left, from the next month if that has no meeting.
 * @param months - means by month, in any order
 * @param meetings - days of decision, in order; those of which a month is missing, and all behind, are left out
 * @param now - the effective rate, percent: where the first meeting's month before is not held; NaN where it is not known, and then nothing
 *   is said there
 * @example meetingMoves(months, [parseInstant('2025-05-07')], 4.33)[0]?.end // 4.31
 */
export function meetingMoves(
  months: readonly ImpliedMonth[],
  meetings: readonly InstantMs[],
  now: number,
): readonly MeetingMove[] {
  const means = new Map(months.map(({ month, rate }) => [month, rate] as const))
  const withMeeting = new Set(meetings.map(monthOf))
  const found: MeetingMove[] = []
  for (const meeting of meetings) {
    const month = monthOf(meeting)
    const mean = means.get(month)
    if (mean === undefined) break
    const before = withMeeting.has(month - 1) ? undefined : means.get(month - 1)
    const start: number = before ?? found.at(-1)?.end ?? now
    if (Number.isNaN(start)) break
    const days = daysOf(month)
    const { day } = civil(meeting)
    const isLate = days - day < LEAST_DAYS_AFTER
    const next = isLate && !withMeeting.has(month + 1) ? means.get(month + 1) : undefined
    // A meeting on the last day leaves nothing of its month.
    if (next === undefined && day === days) break
    const end = next ?? rateBehind(mean, start, { days, before: day })
    const conditional = splitMove(start, end)
    found.push({
      meeting,
      start,
      end,
      conditional,
      chained: chainMoves(found.at(-1)?.chained ?? new Map([[0, 1]]), conditional),
      aggregated: splitMove(found[0]?.start ?? start, end),
      isThin: isLate && next === undefined,
    })
  }
  return found
}

/** The days of a month. */
function daysOf(month: number): number {
  const first = (of: number): number => daysFromCivil(Math.floor(of / 12), (of % 12) + 1, 1)
  return first(month + 1) - first(month)
}
