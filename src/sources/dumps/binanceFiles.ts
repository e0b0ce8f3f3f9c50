import { DAY_MS, plusMs, type InstantMs } from '../../core/instant.ts'
import type { Interval } from '../../core/interval.ts'
import type { DumpFile, DumpKind, DumpMarket, DumpSite, DumpSpan, EarlyPeriod } from './dumpFile.ts'
import { daysIn, firstMonday, monthsIn, type Period } from './periods.ts'

/**
 * The site of Binance, spot and USD-M (github.com/binance/binance-public-data, README; the patterns of metrics and funding from its
 * issues). `aggTrades` are by far the largest files.
 */
export const binanceSite: DumpSite = {
  base: 'https://data.binance.vision',
  kinds: { spot: ['klines', 'aggTrades'], perp: ['klines', 'metrics', 'funding', 'aggTrades'] },
  usual: { spot: ['klines'], perp: ['klines', 'metrics', 'funding'] },
  format: 'zip',
  checksum: 'beside',
}

/** How long after its end the file of a month may still be missing though its days are there. */
const LATE_MS = 62 * DAY_MS

/**
 * The files of one kind of one instrument: months where the whole month is asked for and its file is out (on the first Monday
 * after it), else days. Metrics come by days only, funding by months only: a month that is begun or asked for in part is taken
 * whole.
 * @param now - files that cannot be out by then are told as early
 */
export function binanceFiles(span: DumpSpan, now: InstantMs): readonly (DumpFile | EarlyPeriod)[] {
  const { kind, from, to } = span
  if (kind === 'funding') return monthsIn(from, to).map((month) => unlessEarly(span, 'monthly', month, now))
  if (kind === 'metrics') return daysIn(from, to).map((day) => unlessEarly(span, 'daily', day, now))
  return monthsIn(from, to).flatMap((month) => {
    const isWhole = month.from >= from && month.to <= to
    if (isWhole && now >= plusMs(firstMonday(month.to), DAY_MS)) return [monthFile(span, month, now)]
    const [first, end] = [Math.max(month.from, from), Math.min(month.to, to)] as [InstantMs, InstantMs]
    return daysIn(first, end).map((day) => unlessEarly(span, 'daily', day, now))
  })
}

function monthFile(span: DumpSpan, month: Period, now: InstantMs): DumpFile {
  const isLate = now - month.to < LATE_MS
  const days = isLate ? daysIn(month.from, month.to).map((day) => fileOf(span, 'daily', day)) : []
  return { ...fileOf(span, 'monthly', month), days }
}

type Step = 'daily' | 'monthly'

function unlessEarly(span: DumpSpan, step: Step, period: Period, now: InstantMs): DumpFile | EarlyPeriod {
  if (period.to <= now) return fileOf(span, step, period)
  const { market, kind, instrument } = span
  const why =
    step === 'daily'
      ? 'the day is not over; its file comes on the next'
      : 'the month is not over; there are no files of its days, `assayer collect` reads them from the venue'
  return { market, kind, instrument, period: period.text, why }
}

function fileOf({ market, kind, instrument, interval }: DumpSpan, step: Step, period: Period): DumpFile {
  const path = pathOf({ market, kind, instrument, interval, step, period: period.text })
  return {
    venue: 'binance',
    market,
    kind,
    instrument,
    ...(kind === 'klines' ? { interval } : {}),
    path,
    period: period.text,
    from: period.from,
    to: period.to,
    days: [],
  }
}

interface Place {
  readonly market: DumpMarket
  readonly kind: DumpKind
  readonly instrument: string
  readonly interval: Interval
  readonly step: Step
  readonly period: string
}

const ROOTS = { spot: 'data/spot', perp: 'data/futures/um' } as const
const FOLDERS = { aggTrades: 'aggTrades', metrics: 'metrics', funding: 'fundingRate', trades: 'trades' } as const

function pathOf({ market, kind, instrument, interval, step, period }: Place): string {
  const root = `${ROOTS[market]}/${step}`
  if (kind === 'klines') {
    return `${root}/klines/${instrument}/${interval}/${instrument}-${interval}-${period}.zip`
  }
  const folder = FOLDERS[kind]
  return `${root}/${folder}/${instrument}/${instrument}-${folder}-${period}.zip`
}
