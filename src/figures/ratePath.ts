import type { InstantMs } from '../core/instant.ts'

/** The width of a target range, percent. */
export const RANGE = 0.25

/** A target range by its lower end, percent, and its share. */
export interface RangeShare {
  readonly low: number
  readonly share: number
}

/** What futures say of the target behind one meeting. */
export interface RateMeeting {
  /** 00:00Z of the day of the decision. */
  readonly at: InstantMs
  /** In any order; their shares need not sum to 1. */
  readonly ranges: readonly RangeShare[]
}

/** The rate path as it was quoted on a day. */
export interface RatePathInput {
  /** The day of the quotes. */
  readonly at: InstantMs
  /** Lower end of the target range on that day, percent. */
  readonly target: number
  /** Meetings to come, in order; a meeting without a range is left out. */
  readonly meetings: readonly RateMeeting[]
  /** Whether they begin with the very next one; where they do not, the steps break before the first. */
  readonly isFromNext: boolean
  readonly captions?: readonly string[]
}

/** A meeting with shares that sum to 1. */
export interface MeetingView extends RateMeeting {
  /** From the lowest range up. */
  readonly ranges: readonly RangeShare[]
  /** The most likely range; the lowest of equals. */
  readonly mode: RangeShare
  /** Middles of the ranges by their shares, percent. */
  readonly expected: number
}

/**
 * Meetings with what is read off their ranges.
 * @example meetingViews([{ at, ranges: [{ low: 4, share: 0.2 }, { low: 4.25, share: 0.6 }] }])[0]?.mode.share // 0.75
 */
export function meetingViews(meetings: readonly RateMeeting[]): readonly MeetingView[] {
  return meetings.flatMap(({ at, ranges }) => {
    const whole = ranges.reduce((sum, { share }) => sum + share, 0)
    const scaled = ranges
      .map(({ low, share }) => ({ low, share: share / whole }))
      .toSorted((a, b) => a.low - b.low)
      .filter(({ share }) => share > 0)
    const mode = scaled.toSorted((a, b) => b.share - a.share)[0]
    if (mode === undefined) return []
    const expected = scaled.reduce((sum, { low, share }) => sum + (low + RANGE / 2) * share, 0)
    return [{ at, ranges: scaled, mode, expected }]
  })
}
