import { z } from 'zod'
import { DAY_MS, daysFromCivil, formatDay, instant, type InstantMs } from '../../core/instant.ts'

/** Product code of 30-day fed funds futures (ZQ) on the site. */
const ZQ = 305

/** GET: days of business that are served, the newest first, each with how far its report is. */
export const DATES_DOOR = `/CmeWS/mvc/Settlements/Futures/TradeDate/${ZQ}`
/** GET ?strategy=DEFAULT&tradeDate=09/18/2026&pageSize=500: the report of one day. */
export const REPORT_DOOR = `/CmeWS/mvc/Settlements/Futures/Settlements/${ZQ}/FUT`

/** What stands where there was none. */
export const NONE = '-'
/** The sums over all contracts stand in a row that is none. */
export const TOTAL = 'Total'

const DATE = /^(\d{2})\/(\d{2})\/(\d{4})$/
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
/** July in other files of the exchange; who reads the site takes it too. */
const JULY = 'JLY'

const date = () =>
  z
    .string()
    .regex(DATE, { abort: true })
    .refine((text) => siteDay(dayOf(text)) === text, 'no such day')
    .transform(dayOf)
const reportType = () => z.enum(['Final', 'Preliminary'])

export const tradeDates = z.array(z.tuple([date(), reportType()])).min(1)

/** Prices but `settle` may bear a letter: `95.3050B` was bid, `95.4350A` was asked and nothing was traded there. */
const contract = z.strictObject({
  /** `SEP 26`, or `Total`. */
  month: z.string().regex(new RegExp(`^((${[...MONTHS, JULY].join('|')}) \\d{2}|${TOTAL})$`)),
  open: z.string(),
  high: z.string(),
  low: z.string(),
  last: z.string(),
  /** `+.0200`, `UNCH`. */
  change: z.string(),
  settle: z.string().regex(new RegExp(`^(${NONE}|\\d+(\\.\\d+)?)$`)),
  volume: z.string(),
  openInterest: z.string(),
})

export const report = z.discriminatedUnion('empty', [
  z.strictObject({
    settlements: z.array(contract).min(1),
    /** `Friday, 18 Sep 2026 11:55 PM`; of which place is not said. */
    updateTime: z.string(),
    dsHeader: z.string().regex(/federal funds/i),
    reportType: reportType(),
    tradeDate: date(),
    empty: z.literal(false),
  }),
  z.strictObject({
    settlements: z.array(z.unknown()).max(0),
    updateTime: z.unknown().optional(),
    dsHeader: z.unknown().optional(),
    reportType: z.unknown().optional(),
    tradeDate: date(),
    empty: z.literal(true),
  }),
])

/** How the site writes a day. @example siteDay(parseInstant('2026-09-18')) // '09/18/2026' */
export function siteDay(at: InstantMs): string {
  const [year, month, day] = formatDay(at).split('-')
  return `${month}/${day}/${year}`
}

function dayOf(text: string): InstantMs {
  const [, month, day, year] = DATE.exec(text) ?? []
  return instant(daysFromCivil(Number(year), Number(month), Number(day)) * DAY_MS)
}

/**
 * The month of a contract.
 * @param text - as the schema has it
 * @example monthOf('SEP 26') // '2026-09'
 */
export function monthOf(text: string): string {
  const [name = '', year = ''] = text.split(' ')
  const number = MONTHS.indexOf(name === JULY ? 'JUL' : name) + 1
  return `20${year}-${String(number).padStart(2, '0')}`
}
