import { openAt } from '../../core/candles.ts'
import { FOMC_DECISIONS } from '../../core/fomcMeetings.ts'
import type { Frame } from '../../core/frame.ts'
import { formatDay } from '../../core/instant.ts'
import { meetingMoves, type ImpliedMonth } from './fedWatch.ts'
import { rateNow, STEP } from './rateNow.ts'
import type { RateOdds } from './rateOdds.ts'

/** What settlements say of one meeting. */
export interface FuturesOdds extends RateOdds {
  /** Whether the rate behind it rests on few days of its own month. */
  readonly isThin: boolean
}

/** `chained` sums all ways through the meetings before, `aggregated` reads the rate behind that one meeting against the rate now. */
export type OddsView = 'chained' | 'aggregated'

/**
 * The odds of every meeting by bar, from columns of settlements such as `rate_futures.202512`, by the method of CME.
 * @returns for a bar, the meetings from its day on that the settlements reach, in order; none where the rate of the day is not held
 * @example futuresOdds(frame, 'chained')(bar)[0] // { meeting: '20250507', odds: [[400, 0.05], [425, 0.95]], isThin: false }
 */
export function futuresOdds(frame: Frame, view: OddsView): (bar: number) => readonly FuturesOdds[] {
  const columns = [...frame.columns].flatMap(([name, column]) => {
    const [, year, month] = /^rate_futures\.(\d{4})(\d{2})$/.exec(name) ?? []
    return year === undefined ? [] : [{ month: 12 * Number(year) + Number(month) - 1, column }]
  })
  const nowAt = rateNow(frame)
  return (bar) => {
    const now = nowAt(bar)
    if (now === undefined) return []
    const today = openAt(frame.grid, bar)
    const months = columns.flatMap(({ month, column }): ImpliedMonth[] =>
      Number.isNaN(column[bar]) ? [] : [{ month, rate: column[bar] as number }],
    )
    const meetings = FOMC_DECISIONS.filter((meeting) => meeting >= today)
    return meetingMoves(months, meetings, now.rate).map((move) => ({
      meeting: formatDay(move.meeting).replaceAll('-', ''),
      odds: [...move[view]].map(([steps, share]) => [now.target + STEP * steps, share] as const),
      isThin: move.isThin,
    }))
  }
}
