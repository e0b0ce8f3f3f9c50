import { sidedBounds } from '../conventions/comparable.ts'
import { instant, type InstantMs } from '../core/instant.ts'
import { barOpen } from '../core/interval.ts'
import { sum } from '../core/sum.ts'
import type { OpenInterest } from '../records/openInterest.ts'

/** The least and the most that something can be. */
export interface Bounds {
  readonly least: number
  readonly most: number
}

/** One stretch of a grid. */
export interface Bucket {
  readonly open: InstantMs
  readonly stepMs: number
}

type Series = Pick<OpenInterest, 'venue' | 'market' | 'instrument'>

/** What one instrument gave to the sum. */
export interface OpenInterestPart extends Series, Pick<OpenInterest, 'interval' | 'at' | 'sides' | 'convention'> {
  readonly coins: Bounds
  /** Not there where the row that was taken has no value. */
  readonly quoteValue?: Bounds
}

/** An instrument whose last row is too old for the bucket. */
export interface LeftOut extends Series {
  readonly lastAt: InstantMs
  readonly bucketsBehind: number
}

/** One-sided open interest over venues, as far as it is known. */
export interface OpenInterestSum {
  readonly coins: Bounds
  /** Over those that have a value. */
  readonly quoteValue: Bounds
  readonly parts: readonly OpenInterestPart[]
  /** The venues of the parts, in order. */
  readonly venues: readonly string[]
  readonly leftOut: readonly LeftOut[]
  /** The instruments that count in coins only. */
  readonly unvalued: readonly Series[]
  /** Share of the instruments that are known of which are in the sum; NaN where none is known of. */
  readonly coverage: number
}

/** Buckets by which the last row of an instrument may be behind. */
const MOST_BEHIND = 2

/**
 * Open interest of one asset over venues in one bucket, one-sided: of every instrument its last value, carried for two buckets
 * at most. A venue that may count one side or both gives all of its number to the most and half of it to the least.
 *
 * Where an instrument has several series, as asked for now and of a history, the one is taken that reaches nearest to the bucket,
 * then one whose sides are known, then one that has a value, then the later.
 * @param rows - of one asset, in any order, of as many instruments, series and versions as there are; either all simulated or none.
 *   Values in a quote that is no dollar must be left out by whoever hands them on: USDT, USDC and USD count as one
 * @param bucket - what came later, or became known later than its end, is not looked at
 * @returns sums in coins of the asset and in the quote unit (NaN where nothing is known), what they are made of, and what was left
 *   out and why
 * @example sumOpenInterest([bybit100, okx50OfUnknownSides], bucket).coins // { least: 125, most: 150 }
 */
export function sumOpenInterest(rows: readonly OpenInterest[], bucket: Bucket): OpenInterestSum {
  const parts: OpenInterestPart[] = []
  const leftOut: LeftOut[] = []
  for (const some of byInstrument(rows, bucket)) {
    const row = some.toSorted((a, b) => preference(a, b, bucket))[0] as OpenInterest
    const behind = bucketsBehind(row, bucket)
    if (behind <= MOST_BEHIND) parts.push(partOf(row))
    else leftOut.push({ ...seriesOf(row), lastAt: instant(row.at), bucketsBehind: behind })
  }
  return {
    coins: total(parts.map(({ coins }) => coins)),
    quoteValue: total(parts.flatMap(({ quoteValue }) => quoteValue ?? [])),
    parts,
    venues: [...new Set(parts.map(({ venue }) => venue))],
    leftOut,
    unvalued: parts.filter(({ quoteValue }) => quoteValue === undefined).map(seriesOf),
    coverage: parts.length / (parts.length + leftOut.length),
  }
}

/** The rows that a bucket may look at, instrument by instrument, in order of their names. */
function byInstrument(rows: readonly OpenInterest[], { open, stepMs }: Bucket): readonly (readonly OpenInterest[])[] {
  const end = open + stepMs
  const groups = new Map<string, OpenInterest[]>()
  for (const row of rows) {
    if (row.at >= end || row.knownAt > end) continue
    const key = `${row.venue} ${row.market} ${row.instrument}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}

/** Below 0 where the first is to be taken rather than the second; of two versions of one row the one known later. */
function preference(a: OpenInterest, b: OpenInterest, bucket: Bucket): number {
  return (
    bucketsBehind(a, bucket) - bucketsBehind(b, bucket) ||
    Number(a.sides === 'unknown') - Number(b.sides === 'unknown') ||
    Number(a.quoteValue === undefined) - Number(b.quoteValue === undefined) ||
    b.at - a.at ||
    b.knownAt - a.knownAt ||
    (a.interval < b.interval ? -1 : 1)
  )
}

const bucketsBehind = ({ at }: OpenInterest, { open, stepMs }: Bucket): number =>
  (open - barOpen(instant(at), stepMs)) / stepMs

function partOf(row: OpenInterest): OpenInterestPart {
  const { interval, at, sides, convention, coins, quoteValue } = row
  const [least, most] = sidedBounds(sides)
  const bounds = (value: number): Bounds => ({ least: value * least, most: value * most })
  const valued = quoteValue === undefined ? {} : { quoteValue: bounds(quoteValue) }
  return { ...seriesOf(row), interval, at, sides, convention, coins: bounds(coins), ...valued }
}

const seriesOf = ({ venue, market, instrument }: Series): Series => ({ venue, market, instrument })

/** In the order of the parts, so that no order of rows changes a bit of it. */
function total(bounds: readonly Bounds[]): Bounds {
  if (bounds.length === 0) return { least: NaN, most: NaN }
  return { least: sum(bounds.map(({ least }) => least)), most: sum(bounds.map(({ most }) => most)) }
}
