import type { InstantMs } from '../../core/instant.ts'
import type { DumpFile, DumpMarket, DumpSite, DumpSpan, EarlyPeriod } from './dumpFile.ts'
import { daysIn, type Period } from './periods.ts'

/** The site of Bybit: trades, a day a file; contracts in `trading/`, linear and inverse alike, pairs in `spot/`. */
export const bybitSite: DumpSite = {
  base: 'https://public.bybit.com',
  kinds: { spot: ['trades'], perp: ['trades'] },
  usual: { spot: ['trades'], perp: ['trades'] },
  format: 'gzip',
  checksum: 'none',
}

/**
 * The files of one instrument, day by day. The files of months that lie beside those of spot are never taken: their ids count anew,
 * so that every trade would be there twice.
 * @param now - days that are not over by then are told as early
 */
export const bybitFiles = (span: DumpSpan, now: InstantMs): readonly (DumpFile | EarlyPeriod)[] =>
  daysIn(span.from, span.to).map((day) => (day.to <= now ? fileOf(span, day) : earlyOf(span, day)))

const earlyOf = ({ market, kind, instrument }: DumpSpan, { text }: Period): EarlyPeriod => ({
  market,
  kind,
  instrument,
  period: text,
  why: 'the day is not over; its file comes on the next',
})

const fileOf = ({ market, kind, instrument }: DumpSpan, { text, from, to }: Period): DumpFile => ({
  venue: 'bybit',
  market,
  kind,
  instrument,
  path: PATHS[market](instrument, text),
  period: text,
  from,
  to,
  days: [],
})

const PATHS: Readonly<Record<DumpMarket, (instrument: string, day: string) => string>> = {
  spot: (instrument, day) => `spot/${instrument}/${instrument}_${day}.csv.gz`,
  perp: (instrument, day) => `trading/${instrument}/${instrument}${day}.csv.gz`,
}
