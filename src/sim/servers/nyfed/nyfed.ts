import { DAY_MS, formatDay, instant, MINUTE_MS } from '../../../core/instant.ts'
import { newYorkSession } from '../../../core/newYorkSession.ts'
import type { Macro } from '../../market/live/macro.ts'
import { ok } from '../answers.ts'
import type { Answer, Ask, VenueDoors } from '../door.ts'
import { MARKED_RATE } from '../markedRate.ts'

/** A rate is there at about 9:00 on the next day of business, half an hour before the exchange opens. */
const BEFORE_OPEN_MS = 30 * MINUTE_MS

/** Reference rates of the Federal Reserve Bank of New York over a world of rates. */
export const nyfedDoors = (macro: Macro, now: () => number): VenueDoors => ({
  venue: 'nyfed',
  rate: MARKED_RATE,
  answer: (ask) => answer(ask, macro, now()),
  notFound: { status: 404, body: '<html>Not Found</html>' },
  tradeId: () => '',
  connect: () => undefined,
})

function answer({ path }: Ask, macro: Macro, now: number): Answer | undefined {
  const [, digits] = /^\/api\/rates\/unsecured\/effr\/last\/(\d+)\.json$/.exec(path) ?? []
  if (digits === undefined) return undefined
  return ok({ refRates: lastDays(Number(digits), macro, now).map((day) => rateOf(day, macro)) })
}

/** Days of business whose rate is there, the newest first. */
function lastDays(count: number, macro: Macro, now: number): readonly number[] {
  const days: number[] = []
  let next: number | undefined
  for (let day = Math.floor(now / DAY_MS) * DAY_MS; day >= macro.firstDay && days.length < count; day -= DAY_MS) {
    const session = newYorkSession(instant(day))
    if (session === undefined) continue
    if (next !== undefined && next - BEFORE_OPEN_MS <= now) days.push(day)
    next = session.open
  }
  return days
}

function rateOf(day: number, macro: Macro): unknown {
  const { lower, upper } = macro.target(day)
  const rate = macro.effective(day)
  return {
    effectiveDate: formatDay(instant(day)),
    type: 'EFFR',
    percentRate: rate,
    percentPercentile1: Number((rate - 0.03).toFixed(2)),
    percentPercentile25: Number((rate - 0.01).toFixed(2)),
    percentPercentile75: rate,
    percentPercentile99: Number((rate + 0.2).toFixed(2)),
    targetRateFrom: lower,
    targetRateTo: upper,
    volumeInBillions: 100,
    revisionIndicator: '',
  }
}
