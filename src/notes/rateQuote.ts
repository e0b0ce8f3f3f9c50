import { openAt } from '../core/candles.ts'
import { FOMC_DECISIONS } from '../core/fomcMeetings.ts'
import type { Frame } from '../core/frame.ts'
import { DAY_MS, formatDay, HOUR_MS, parseInstant, type InstantMs } from '../core/instant.ts'
import { newYorkSession } from '../core/newYorkSession.ts'
import { futuresOdds } from '../metrics/macro/futuresOdds.ts'
import { rateOdds, type RateOdds } from '../metrics/macro/rateOdds.ts'
import { lastHeld } from './lastHeld.ts'
import type { MacroReading } from './macroReading.ts'
import { plural, sayDay, sayList } from './wording.ts'

/** A meeting that is to come, with its odds. */
export interface QuotedMeeting {
  /** As ids have it: `2025-12-10`. */
  readonly day: string
  readonly at: InstantMs
  readonly odds: RateOdds['odds']
  /** Whether what lies behind it rests on few days of its own month. */
  readonly isThin: boolean
}

/** The rate path as it was last quoted. */
export interface RateQuote {
  readonly bar: number
  /** What it was read from: odds that somebody computed, or settlements of the futures themselves. */
  readonly from: 'odds' | 'futures'
  /** Meetings after that day, in order; at least one. */
  readonly meetings: readonly QuotedMeeting[]
  /** Whether they begin with the very next one: other meetings may lie before the first that is quoted. */
  readonly isFromNext: boolean
  /** Up to when the path is told: the end of the year that the next meeting is in. */
  readonly until: string
  /** `the end of 2025`, or the last meeting of that year that is quoted. */
  readonly horizon: string
}

/** The measure of the path up to a day. */
export const pathId = ({ from }: Pick<RateQuote, 'from'>, day: string): string =>
  from === 'odds' ? `rate_path(${day})` : `rate_path(${day}, futures)`

/**
 * The last quotes of a week, where the target of that day is known too: odds that somebody computed, or, where settlements of the futures
 * are of a later day, what those say. Nothing where a decision has come since.
 */
export function lastRateQuote(macro: MacroReading): RateQuote | undefined {
  const [odds, futures] = [quoteFrom(macro, 'odds'), quoteFrom(macro, 'futures')]
  const last = (futures?.bar ?? -1) > (odds?.bar ?? -1) ? futures : odds
  return undecided(macro, last?.bar) === undefined ? last : undefined
}

function quoteFrom({ base }: MacroReading, from: RateQuote['from']): RateQuote | undefined {
  const bar = lastHeld(base, `${pathId({ from }, LATER)}.cuts`)
  if (bar === undefined) return undefined
  const today = openAt(base.frame.grid, bar)
  const meetings = quotedAt(base.frame, from, bar)
    .map(({ meeting, odds, isThin }): QuotedMeeting => {
      const day = `${meeting.slice(0, 4)}-${meeting.slice(4, 6)}-${meeting.slice(6)}`
      return { day, at: parseInstant(day), odds, isThin }
    })
    .filter(({ day }) => day > formatDay(today))
  const year = meetings[0]?.day.slice(0, 4)
  const last = meetings.findLast(({ day }) => day.slice(0, 4) === year)
  if (year === undefined || last === undefined) return undefined
  const isWhole = last.day.slice(5, 7) === LAST_MONTH
  const horizon = isWhole ? `the end of ${year}` : `the meeting of ${sayDay(last.at, today)}`
  return {
    bar,
    from,
    meetings,
    isFromNext: isNext(meetings[0]?.at ?? Infinity, today),
    until: `${year}-12-31`,
    horizon,
  }
}

const quotedAt = (frame: Frame, from: RateQuote['from'], bar: number) =>
  from === 'futures'
    ? futuresOdds(frame, 'chained')(bar)
    : rateOdds(frame)(bar).map((each) => ({ ...each, isThin: false }))

/** Every meeting that is ever quoted comes before. */
const LATER = '2100-01-01'
/** Whether no meeting lies between a day and a meeting; for years without a calendar, whether none can. */
const isNext = (meeting: number, today: InstantMs): boolean =>
  meeting - today <= MOST_DAYS * DAY_MS && !FOMC_DECISIONS.some((each) => each > today && each < meeting)

/** The committee's meetings lie at most eight weeks apart. */
const MOST_DAYS = 60
/** The committee's last meeting of a year is in December. */
const LAST_MONTH = '12'

/** The last decision that was announced, where no quote knows it yet. */
function undecided(macro: MacroReading, bar: number | undefined): InstantMs | undefined {
  const { frame } = macro.base
  const last = FOMC_DECISIONS.findLast((day) => announcedAt(day) <= frame.asOf)
  if (last === undefined || bar === undefined || last < openAt(frame.grid, bar)) return undefined
  return frame.asOf - last <= STALE_MS ? last : undefined
}

/** 14:00 in New York, four and a half hours after its exchange opens. */
const announcedAt = (day: InstantMs): number => (newYorkSession(day)?.open ?? day + 13.5 * HOUR_MS) + 4.5 * HOUR_MS
/** A rate of the day after a decision is told within a week. */
const STALE_MS = 7 * DAY_MS

/** What must be said where a decision has come and no rate since: what was quoted before it is of no use. */
export function sayUndecided(macro: MacroReading): readonly string[] {
  const bar =
    lastHeld(macro.base, `${pathId({ from: 'odds' }, LATER)}.cuts`) ??
    lastHeld(macro.base, `${pathId({ from: 'futures' }, LATER)}.cuts`)
  const day = undecided(macro, bar)
  if (day === undefined) return []
  return [
    `What futures imply after the decision of ${sayDay(day, macro.base.frame.asOf)} is not told: no rate of a later day is known yet (assayer import fred DFEDTARL has it on the next day)`,
  ]
}

/** What must be said of meetings behind which the month averages say little. */
export function sayThin({ meetings }: RateQuote, asOf: InstantMs): readonly string[] {
  const thin = meetings.filter(({ isThin }) => isThin).map(({ at }) => sayDay(at, asOf))
  if (thin.length === 0) return []
  return [
    `The rate behind the ${plural(thin.length, 'meeting').replace(/^\S+ /, '')} of ${sayList(thin)} rests on the last days of the month alone, so a small change of price moves it far`,
  ]
}
