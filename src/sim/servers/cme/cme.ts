import { civil, DAY_MS, formatDay, instant, MINUTE_MS } from '../../../core/instant.ts'
import { newYorkSession } from '../../../core/newYorkSession.ts'
import { expectedMean, monthOfDay } from '../../market/live/fedFunds.ts'
import type { Macro } from '../../market/live/macro.ts'
import { digestDigits, ok } from '../answers.ts'
import type { Answer, Ask, VenueDoors } from '../door.ts'
import { MARKED_RATE } from '../markedRate.ts'

const PRODUCT = 305
/** Months that are listed. */
const MONTHS = 60
/** Days of business that are served. */
const SERVED_DAYS = 5
/** From the opening in New York to 14:15 in Chicago, when prices are posted first, and to 18:00, when they are final. */
const PRELIMINARY_MS = 5.75 * 60 * MINUTE_MS
const FINAL_MS = 9.5 * 60 * MINUTE_MS
/** Least steps of a price, of the month that runs and of others. */
const [NEAR_TICK, TICK] = [0.0025, 0.005]

const NAMES = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** The settlements page of 30-day fed funds futures over a world of rates. Days of business are those of New York's exchange. */
export const cmeDoors = (macro: Macro, now: () => number): VenueDoors => ({
  venue: 'cme',
  rate: MARKED_RATE,
  answer: (ask) => answer(ask, macro, now()),
  notFound: { status: 404, body: '<html>Page Not Found</html>' },
  tradeId: () => '',
  connect: () => undefined,
})

/**
 * The settlement price of a month on a day: 100 less the expected mean of the effective rate, to the least step.
 * @param month - months since the year 0
 */
export function settlementPrice(macro: Macro, month: number, day: number): number {
  const tick = month === monthOfDay(day) ? NEAR_TICK : TICK
  return Math.round((100 - expectedMean(macro, month, day)) / tick) * tick
}

function answer({ path, query }: Ask, macro: Macro, now: number): Answer | undefined {
  if (path === `/CmeWS/mvc/Settlements/Futures/TradeDate/${PRODUCT}`) {
    return ok(servedDays(now).map(({ day, report }) => [siteDay(day), report]))
  }
  if (path !== `/CmeWS/mvc/Settlements/Futures/Settlements/${PRODUCT}/FUT`) return undefined
  const tradeDate = query.get('tradeDate') ?? ''
  const served = servedDays(now).find(({ day }) => siteDay(day) === tradeDate)
  return ok(served === undefined ? { settlements: [], tradeDate, empty: true } : reportOf(served, macro))
}

interface ServedDay {
  readonly day: number
  readonly report: 'Final' | 'Preliminary'
}

/** Days of business of which there is a report, the newest first. */
function servedDays(now: number): readonly ServedDay[] {
  const served: ServedDay[] = []
  for (let day = now - (now % DAY_MS); served.length < SERVED_DAYS; day -= DAY_MS) {
    const session = newYorkSession(instant(day))
    if (session === undefined || session.open + PRELIMINARY_MS > now) continue
    served.push({ day, report: session.open + FINAL_MS > now ? 'Preliminary' : 'Final' })
  }
  return served
}

function reportOf({ day, report }: ServedDay, macro: Macro): unknown {
  const first = monthOfDay(day)
  const months = Array.from({ length: MONTHS }, (_, i) => first + i)
  const sizes = months.map((month) => sizeOf(month, day))
  const sum = (of: 'volume' | 'openInterest'): number => sizes.reduce((total, size) => total + size[of], 0)
  return {
    settlements: [
      ...months.map((month, i) => contractOf(month, day, macro, sizes[i] as Size)),
      {
        ...NOT_TRADED,
        month: 'Total',
        change: '0',
        settle: '-',
        ...saySize({ volume: sum('volume'), openInterest: sum('openInterest') }),
      },
    ],
    updateTime: `${updateDay(day)} ${report === 'Final' ? '06:00' : '02:15'} PM`,
    dsHeader: '30 Day Federal Funds Future',
    reportType: report,
    tradeDate: siteDay(day),
    empty: false,
  }
}

const NOT_TRADED = { open: '-', high: '-', low: '-', last: '-' } as const

function contractOf(month: number, day: number, macro: Macro, size: Size): unknown {
  const [settle, before] = [settlementPrice(macro, month, day), settlementPrice(macro, month, dayBefore(day))]
  const [price, tick] = [settle.toFixed(4), TICK]
  const traded = {
    open: before.toFixed(4),
    high: Math.max(settle, before).toFixed(4),
    low: (Math.min(settle, before) - tick).toFixed(4),
    last: `${price}B`,
  }
  return {
    month: sayMonth(month),
    ...(size.volume === 0 ? NOT_TRADED : traded),
    change: sayChange(settle - before),
    settle: price,
    ...saySize(size),
  }
}

interface Size {
  readonly volume: number
  readonly openInterest: number
}

/** Far months are not traded. */
function sizeOf(month: number, day: number): Size {
  const ahead = month - monthOfDay(day)
  if (ahead > 18) return { volume: 0, openInterest: 0 }
  const drawn = Number(digestDigits(`${month} ${day}`, 5))
  return { volume: Math.round(drawn / (ahead + 1)), openInterest: Math.round((4 * drawn) / (ahead + 1)) }
}

const saySize = ({ volume, openInterest }: Size): Readonly<Record<keyof Size, string>> => ({
  volume: volume.toLocaleString('en-US'),
  openInterest: openInterest.toLocaleString('en-US'),
})

/** `-.0050`, `+.0100`, `.0000`. */
function sayChange(change: number): string {
  const digits = Math.abs(change).toFixed(4).replace(/^0/, '')
  return Number(digits) === 0 ? digits : `${change < 0 ? '-' : '+'}${digits}`
}

function dayBefore(day: number): number {
  for (let at = day - DAY_MS; ; at -= DAY_MS) if (newYorkSession(instant(at)) !== undefined) return at
}

const sayMonth = (month: number): string =>
  `${NAMES[month % 12]} ${String(Math.floor(month / 12) % 100).padStart(2, '0')}`

/** `05/01/2025`. */
function siteDay(day: number): string {
  const [year, month, date] = formatDay(instant(day)).split('-')
  return `${month}/${date}/${year}`
}

/** `Thursday, 01 May 2025`. */
function updateDay(at: number): string {
  const { year, month, day } = civil(instant(at))
  const name = NAMES[month - 1] ?? ''
  const weekday = WEEKDAYS[new Date(at).getUTCDay()]
  return `${weekday}, ${String(day).padStart(2, '0')} ${name.charAt(0)}${name.slice(1).toLowerCase()} ${year}`
}
