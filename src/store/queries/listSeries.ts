import { DAY_MS, instant, plusMs, type InstantMs } from '../../core/instant.ts'
import { intervalMs, type Interval } from '../../core/interval.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { Store } from '../open.ts'
import type { Params, Settings } from '../engine.ts'
import { latestSql, ONE_SERIES } from './asOf.ts'
import { readInstruments } from './readInstruments.ts'

/** A series of candles with what its instrument is, as of an instant. */
export interface SeriesRow extends Instrument {
  readonly interval: Interval
  /** Open of the first bar and close of the last. */
  readonly from: InstantMs
  readonly to: InstantMs
  /** Bars; a revised bar counts once. */
  readonly rows: number
  /** Traded over the last 30 days, in the quote unit: as published, or volume times close where that is missing. */
  readonly quoteVolume30d: number
}

export interface SeriesQuery {
  /** Only those of these instruments; all, where it is left out. */
  readonly instruments?: readonly Instrument[]
  readonly asOf: InstantMs
}

/** The series of candles, of some instruments or all, in order of their names. A series whose instrument was never put is not among them. */
export async function listSeries(
  store: Store,
  { instruments: some, asOf }: SeriesQuery,
): Promise<readonly SeriesRow[]> {
  const instruments = some ?? (await readInstruments(store))
  if (instruments.length === 0) return []
  const among = some === undefined ? ALL : amongInstruments(some)
  const params = { ...among.params, asOf, since: plusMs(asOf, -30 * DAY_MS) }
  const [spans, volumes] = await Promise.all([
    store.engine.select(spanSql(among), SPAN, { params, settings: among.settings }),
    store.engine.select(volumeSql(among), VOLUME, { params }),
  ])
  const known = new Map(instruments.map((each) => [keyOf(each.venue, each.market, each.instrument), each]))
  const traded = new Map(
    Array.from(volumes.columns.quoteVolume, (volume, i) => [seriesAt(volumes.columns, i), volume] as const),
  )
  return Array.from({ length: spans.length }, (_, i) => {
    const { venue, market, instrument, interval, first, last, rows } = spans.columns
    const is = known.get(keyOf(venue[i], market[i], instrument[i]))
    if (is === undefined) return []
    const bar = interval[i] as Interval
    const [from, to] = [instant(first[i] as number), instant((last[i] as number) + intervalMs(bar))]
    const quoteVolume30d = traded.get(seriesAt(spans.columns, i)) ?? 0
    return [{ ...is, interval: bar, from, to, rows: rows[i] as number, quoteVolume30d }]
  }).flat()
}

interface Among {
  readonly sql: string
  readonly params: Params
  readonly settings: Settings
}

/** Rows of all series lie in order, so each series can be counted as it passes. */
const ALL: Among = { sql: '', params: {}, settings: { optimize_aggregation_in_order: 1 } }

/** Each instrument named by itself: the engine finds such rows by its index faster than those IN a list or another table. */
function amongInstruments(instruments: readonly Instrument[]): Among {
  const one = (_: Instrument, i: number): string =>
    `venue = {venue${i}:String} and market = {market${i}:String} and instrument = {instrument${i}:String}`
  const params = instruments.flatMap(({ venue, market, instrument }, i) => [
    [`venue${i}`, venue],
    [`market${i}`, market],
    [`instrument${i}`, instrument],
  ])
  const sql = `and (${instruments.map((each, i) => `(${one(each, i)})`).join(' or ')})`
  return { sql, params: Object.fromEntries(params), settings: ONE_SERIES }
}

const SERIES = 'venue, market, instrument, interval'
const KNOWN = 'knownAt <= fromUnixTimestamp64Milli({asOf:Int64})'

/** Versions of a bar share its `at`, so the latest need not be found to count bars. No two bars of a series open in one second. */
const spanSql = ({ sql }: Among): string =>
  `select ${SERIES}, min(at) as first, max(at) as last, uniqExact(toUInt32(toUnixTimestamp(at))) as rows from candle
   where ${KNOWN} ${sql} group by ${SERIES} order by ${SERIES}`

const volumeSql = ({ sql }: Among): string =>
  `select ${SERIES}, sum(if(isNaN(quoteVolume), volume * close, quoteVolume)) as quoteVolume from
   (select ${SERIES}, quoteVolume, volume, close from candle
    where ${KNOWN} and at >= fromUnixTimestamp64Milli({since:Int64}) ${sql}
    ${latestSql(`${SERIES}, at`)}) group by ${SERIES}`

const SERIES_SHAPE = { venue: 'text', market: 'text', instrument: 'text', interval: 'text' } as const
const SPAN = { ...SERIES_SHAPE, first: 'number', last: 'number', rows: 'number' } as const
const VOLUME = { ...SERIES_SHAPE, quoteVolume: 'number' } as const

type SeriesColumns = { readonly [name in keyof typeof SERIES_SHAPE]: readonly string[] }
const keyOf = (...parts: readonly (string | undefined)[]): string => JSON.stringify(parts)
const seriesAt = ({ venue, market, instrument, interval }: SeriesColumns, i: number): string =>
  keyOf(venue[i], market[i], instrument[i], interval[i])
