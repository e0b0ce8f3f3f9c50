import { isOneMoney } from '../../conventions/quotes.ts'
import { gaps, type Grid } from '../../core/candles.ts'
import { grouped } from '../../core/grouped.ts'
import { DAY_MS, formatInstant, instant } from '../../core/instant.ts'
import { intervalMs, type Interval } from '../../core/interval.ts'
import {
  MOST_BEHIND,
  openInterestColumns,
  type InterestSeries,
  type OpenInterestColumns,
} from '../../frames/contracts/openInterestColumns.ts'
import { openInterest, type OpenInterest } from '../../records/openInterest.ts'
import { isVendor } from '../../records/venues.ts'
import { readLastPerBucket } from '../../store/queries/readLastPerBucket.ts'
import type { Desk } from '../desk.ts'
import { inputOf, nothing, perpsOf, spanOf, type AssetInstrument, type GroupWish, type ReadGroup } from './group.ts'

/** Venues of our own that make a sum worth more than a vendor's, whose parts are not told. */
const FEWEST_VENUES = 3

/**
 * Open interest of an asset: of the venue that was asked for, else over all venues held; where those are fewer than three and a vendor's
 * sum over venues is held, that sum. The two are never added.
 */
export async function readOpenInterest(desk: Desk, wish: GroupWish): Promise<ReadGroup> {
  const perps = perpsOf(wish).filter(({ quote }) => isOneMoney(quote, 'USD'))
  const lacking = `open interest of ${wish.asset}${wish.venue === undefined ? '' : ` on ${wish.venue}`}: assayer collect, or assayer import metrics FILE`
  if (perps.length === 0) return nothing(lacking)
  const rows = await readRows(desk, wish, perps)
  const all = perps.flatMap((is) => seriesOf(is, rows))
  const chosen = choose(all, wish)
  if (chosen.length === 0) return nothing(all.length === 0 ? lacking : sayCoarse(all, wish))
  return {
    span: spanOf(chosen),
    columns: (grid) => prefixed(columnsOf(chosen, grid)),
    inputs: chosen.map(({ is, interval, at, spanMs }) =>
      inputOf({
        kind: 'open_interest',
        venue: is.venue,
        market: is.market,
        instrument: is.instrument,
        quote: is.quote,
        interval,
        simulated: is.simulated,
        at,
        spanMs,
      }),
    ),
    conventions: [...new Set(chosen.flatMap(({ rows: some }) => some.map(({ convention }) => convention)))],
    missing: sayEnded(chosen, wish),
  }
}

/** Of a vendor's sum it is not known what share of anything it is. */
function columnsOf(chosen: readonly HeldSeries[], grid: Grid): OpenInterestColumns {
  const columns = openInterestColumns(byInstrument(chosen), grid)
  return chosen.some(({ is }) => isVendor(is.venue)) ? { ...columns, coverage: gaps(grid.length) } : columns
}

interface HeldSeries extends InterestSeries {
  readonly is: AssetInstrument
  readonly interval: string
  readonly at: readonly number[]
  readonly rows: readonly OpenInterest[]
}

async function readRows(
  desk: Desk,
  wish: GroupWish,
  perps: readonly AssetInstrument[],
): Promise<readonly OpenInterest[]> {
  const unique = (field: 'venue' | 'instrument'): readonly string[] => [...new Set(perps.map((is) => is[field]))]
  const rows = await readLastPerBucket(desk.store, openInterest, {
    asOf: wish.asOf,
    stepMs: wish.stepMs,
    where: { venue: unique('venue'), instrument: unique('instrument'), market: ['perp'] },
  })
  return rows as unknown as readonly OpenInterest[]
}

function seriesOf(is: AssetInstrument, rows: readonly OpenInterest[]): readonly HeldSeries[] {
  const own = rows.filter(
    ({ venue, instrument, at }) => venue === is.venue && instrument === is.instrument && at >= is.from && at < is.to,
  )
  return [...new Set(own.map(({ interval }) => interval))].map((interval) => {
    const some = own.filter((row) => row.interval === interval)
    return { is, interval, spanMs: spanMsOf(is.venue, interval), at: some.map(({ at }) => at), rows: some }
  })
}

/** What one row is of: a mean or a vendor's sum is of its whole interval, all else a reading at its instant. */
function spanMsOf(venue: string, interval: string): number {
  if (interval.endsWith(' mean')) return intervalMs(interval.slice(0, -' mean'.length) as Interval)
  return isVendor(venue) ? DAY_MS : 0
}

/** What is of a longer time than a bar says nothing of a single one. Real before simulated; venues of our own before a vendor's sum, which stands for all where ours are few. */
function choose(all: readonly HeldSeries[], wish: GroupWish): readonly HeldSeries[] {
  const held = all.filter(({ rows, spanMs }) => rows.length > 0 && spanMs <= wish.stepMs)
  const isReal = held.some(({ is }) => !is.simulated)
  const same = held.filter(({ is }) => is.simulated !== isReal)
  if (wish.venue !== undefined) return ranked(same)
  const [ours, vendors] = [same.filter(({ is }) => !isVendor(is.venue)), same.filter(({ is }) => isVendor(is.venue))]
  const venues = new Set(ours.map(({ is }) => is.venue)).size
  if (vendors.length === 0 || venues >= FEWEST_VENUES) return ranked(ours)
  return ranked(vendors)
}

/** What is held is of longer times than the bars that were asked for. */
function sayCoarse(all: readonly HeldSeries[], { asset, interval }: GroupWish): string {
  const held = [...new Set(all.map((each) => `${each.is.venue} ${each.interval}`))]
  return `open interest of ${asset} at ${interval} (held: ${held.join(', ')}): take a longer interval, or assayer collect`
}

/** The instruments whose numbers end before those of the others, so that the last sums are without them. */
function sayEnded(chosen: readonly HeldSeries[], { asset, stepMs }: GroupWish): readonly string[] {
  const bucketOf = (last: number, spanMs: number): number => Math.floor((spanMs > 0 ? last - 1 : last) / stepMs)
  const ends = byInstrument(chosen).map((series) => {
    const spanMs = Math.max(...series.map((each) => each.spanMs))
    const last = Math.max(...series.map(({ at, ...each }) => (at.at(-1) ?? -Infinity) + each.spanMs))
    return { is: (series[0] as HeldSeries).is, spanMs, last, bucket: bucketOf(last, spanMs) }
  })
  const newest = Math.max(...ends.map(({ last }) => last))
  const newestBucket = Math.max(...ends.map(({ bucket }) => bucket))
  return ends
    .filter(({ is, bucket, spanMs }) => {
      const isOver = Math.min(is.to, is.endedAt ?? Infinity) <= newest
      return !isOver && newestBucket - bucket > Math.ceil((MOST_BEHIND * Math.max(stepMs, spanMs)) / stepMs)
    })
    .map(
      ({ is, last }) =>
        `open interest of ${asset} on ${is.venue} (${is.instrument}) after ${formatInstant(instant(last))}, so that sums are without it: assayer collect, or assayer import metrics FILE`,
    )
}

/** Readings before means, and of readings the history before what was asked for now and then. */
const ranked = (series: readonly HeldSeries[]): readonly HeldSeries[] =>
  series.toSorted((a, b) => a.spanMs - b.spanMs || Number(a.interval === 'live') - Number(b.interval === 'live'))

const byInstrument = (series: readonly HeldSeries[]): readonly (readonly HeldSeries[])[] => [
  ...grouped(series, ({ is }) => is).values(),
]

const prefixed = (columns: object): Readonly<Record<string, Float64Array>> =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [`open_interest.${name}`, column as Float64Array]))
