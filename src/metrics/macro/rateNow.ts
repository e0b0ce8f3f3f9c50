import { openAt } from '../../core/candles.ts'
import { FOMC_DECISIONS } from '../../core/fomcMeetings.ts'
import type { Frame } from '../../core/frame.ts'
import { DAY_MS } from '../../core/instant.ts'

/** The step of a target range, basis points. */
export const STEP = 25
/** It is told a working day later: for so many days the last one stands. */
const MOST_DAYS_OLD = 5

/** The rate of a day. */
export interface RateNow {
  /** Lower end of the target range, basis points. */
  readonly target: number
  /** The effective rate, percent; NaN where it is not held. */
  readonly rate: number
  /** The bar of the day that the target was told of. */
  readonly toldAt: number
}

/**
 * The rate of the Federal Reserve by bar, from the columns `rate_now.target` and `rate_now.effective`: the last target that was told, or,
 * where an effective rate of a later day is held, the range that it lies in. What is older than five days is none, and so is what was
 * told of the day of a decision or before, from that day on: a decision holds from the next day, and what is quoted at the end of its own
 * knows it.
 * @returns for a bar, the rate then; undefined where none is held
 * @example rateNow(frame)(bar) // { target: 425, rate: 4.33, toldAt: bar - 1 }
 */
export function rateNow({ columns, grid }: Frame): (bar: number) => RateNow | undefined {
  const lastOf = (name: string, bar: number): { readonly value: number; readonly at: number } | undefined => {
    const column = columns.get(name)
    const oldest = Math.max(0, bar - Math.floor((MOST_DAYS_OLD * DAY_MS) / grid.step))
    const since = column?.subarray(oldest, bar + 1).findLastIndex((value) => !Number.isNaN(value)) ?? -1
    return since < 0 ? undefined : { value: column?.[oldest + since] ?? NaN, at: oldest + since }
  }
  return (bar) => {
    const [told, effective] = [lastOf('rate_now.target', bar), lastOf('rate_now.effective', bar)]
    const rate = effective?.value ?? NaN
    const toldAt = Math.max(told?.at ?? -1, effective?.at ?? -1)
    if (toldAt < 0 || openAt(grid, toldAt) <= lastDecision(openAt(grid, bar))) return undefined
    const target = told?.at === toldAt ? Math.round(100 * told.value) : STEP * Math.floor((100 * rate) / STEP)
    return { target, rate, toldAt }
  }
}

/** The day of the last decision up to a day. */
const lastDecision = (day: number): number => FOMC_DECISIONS.findLast((each) => each <= day) ?? -Infinity
