import { DAY_MS, formatDay, HOUR_MS, instant, MINUTE_MS } from '../../../core/instant.ts'
import { newYorkSession, type NewYorkSession } from '../../../core/newYorkSession.ts'
import type { Macro } from '../../market/live/macro.ts'
import type { Answer, Ask, VenueDoors } from '../door.ts'
import { MARKED_RATE } from '../markedRate.ts'

/** A series: on which days it has a line, what stands there, and from when on. */
interface Graph {
  readonly days: 'all' | 'weekdays'
  /** undefined on a day without a value. */
  readonly value: (day: number, macro: Macro) => number | undefined
  readonly digits: number
  /** When the line of a day is there. */
  readonly servedAt: (day: number) => number
}

const sessionOf = (day: number): NewYorkSession | undefined => newYorkSession(instant(day))

const inSession =
  (read: (day: number, macro: Macro) => number): Graph['value'] =>
  (day, macro) =>
    sessionOf(day) === undefined ? undefined : read(day, macro)

/** About 9:00 in New York on the next day of business. */
function nextMorning(day: number): number {
  for (let at = day + DAY_MS; at <= day + 7 * DAY_MS; at += DAY_MS) {
    const session = sessionOf(at)
    if (session !== undefined) return session.open - 30 * MINUTE_MS
  }
  return day + 2 * DAY_MS
}

/** An hour after the close; at the end of a day without a session. */
const afterClose = (day: number): number => (sessionOf(day)?.close ?? day + DAY_MS) + HOUR_MS

const rate = (read: (day: number, macro: Macro) => number): Graph => ({
  days: 'weekdays',
  value: inSession(read),
  digits: 2,
  servedAt: nextMorning,
})
const close = (read: (day: number, macro: Macro) => number): Graph => ({ ...rate(read), servedAt: afterClose })
const daily = (read: (day: number, macro: Macro) => number, servedAt: Graph['servedAt']): Graph => ({
  days: 'all',
  value: read,
  digits: 2,
  servedAt,
})

const GRAPHS: Readonly<Record<string, Graph>> = {
  DFF: daily((day, macro) => macro.effective(day), nextMorning),
  DFEDTARU: daily(
    (day, macro) => macro.target(day).upper,
    (day) => day,
  ),
  DFEDTARL: daily(
    (day, macro) => macro.target(day).lower,
    (day) => day,
  ),
  EFFR: rate((day, macro) => macro.effective(day)),
  SOFR: rate((day, macro) => macro.level('secured', day)),
  VIXCLS: close((day, macro) => macro.level('fear', day)),
  SP500: close((day, macro) => macro.level('equities', day)),
  NASDAQCOM: { ...close((day, macro) => macro.level('technology', day)), digits: 3 },
  DGS2: rate((day, macro) => macro.level('twoYears', day)),
  DGS10: rate((day, macro) => macro.level('tenYears', day)),
  T10Y2Y: rate((day, macro) => macro.level('tenYears', day) - macro.level('twoYears', day)),
  DTWEXBGS: { ...rate((day, macro) => macro.level('dollar', day)), digits: 4, servedAt: mondayAfter },
}

/** 16:15 in New York on the first day of business of the next week. */
function mondayAfter(day: number): number {
  const monday = day + (8 - new Date(day).getUTCDay()) * DAY_MS
  for (let at = monday; at < monday + 5 * DAY_MS; at += DAY_MS) {
    const session = sessionOf(at)
    if (session !== undefined) return session.open + 6.75 * HOUR_MS
  }
  return monday + DAY_MS
}

/** The tables behind FRED's graphs over a world of rates and levels. */
export const fredDoors = (macro: Macro, now: () => number): VenueDoors => ({
  venue: 'fred',
  rate: MARKED_RATE,
  answer: (ask) => answer(ask, macro, now()),
  notFound: { status: 404, body: '<html><title>Page Not Found</title></html>' },
  tradeId: () => '',
  connect: () => undefined,
})

function answer({ path, query }: Ask, macro: Macro, now: number): Answer | undefined {
  if (path !== '/graph/fredgraph.csv') return undefined
  const id = query.get('id') ?? ''
  const graph = GRAPHS[id]
  if (graph === undefined) return undefined
  const [from, to] = [dateOf(query.get('cosd')) ?? macro.firstDay, dateOf(query.get('coed')) ?? now]
  const lines = [`observation_date,${id}`]
  for (let day = Math.max(from, macro.firstDay); day <= Math.min(to, now); day += DAY_MS) {
    const weekday = new Date(day).getUTCDay()
    if (graph.days === 'weekdays' && (weekday === 0 || weekday === 6)) continue
    if (graph.servedAt(day) > now) continue
    const value = graph.value(day, macro)
    lines.push(`${formatDay(instant(day))},${value === undefined ? '' : value.toFixed(graph.digits)}`)
  }
  return { status: 200, body: `${lines.join('\n')}\n`, headers: { 'content-type': 'application/csv' } }
}

function dateOf(text: string | null): number | undefined {
  const day = text === null ? NaN : Date.parse(text)
  return Number.isNaN(day) ? undefined : day
}
