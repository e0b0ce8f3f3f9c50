import { isOneMoney } from '../../conventions/quotes.ts'
import { missingDays } from '../../conventions/releases.ts'
import type { Grid } from '../../core/candles.ts'
import type { ColumnGroup, Input } from '../../core/frame.ts'
import { DAY_MS, instant, type InstantMs } from '../../core/instant.ts'
import type { Interval } from '../../core/interval.ts'
import type { Instrument } from '../../records/instrument.ts'
import { isVendor } from '../../records/venues.ts'

/** Whose columns are wanted, and as of when. */
export interface GroupWish {
  readonly asset: string
  readonly interval: Interval
  readonly stepMs: number
  readonly asOf: InstantMs
  readonly venue?: string
  readonly market?: string
  /** All the groups that are wanted, where they are several: some are read together. */
  readonly groups?: readonly ColumnGroup[]
  /** The instruments that are or were the asset. */
  readonly instruments: readonly AssetInstrument[]
}

/** An instrument in the stretch of time in which it was the asset. */
export interface AssetInstrument extends Instrument {
  readonly from: number
  readonly to: number
}

/** Whether a publisher's series is simulated, as the import that brought it has written down. */
export const isSimulated = ({ instruments }: GroupWish, publisher: string, name: string): boolean =>
  instruments.some((is) => is.venue === publisher && is.instrument === name && is.simulated)

/** A group's records, read; its columns can be put on any grid. */
export interface ReadGroup {
  /**
   * Ends of what is held: the moments that the first and last row stand at; undefined where nothing is held. `isEarly` where a value is
   * known before its bar has ended, as a close in New York is.
   */
  readonly span: { readonly from: number; readonly to: number; readonly isEarly?: true } | undefined
  readonly columns: (grid: Grid) => Readonly<Record<string, Float64Array>>
  readonly inputs: readonly Input[]
  readonly conventions: readonly string[]
  readonly missing: readonly string[]
}

/** The perpetuals of an asset, of the venue that was asked for or of all; with them the sums that vendors publish. */
export const perpsOf = ({ instruments, venue: wanted }: GroupWish): readonly AssetInstrument[] =>
  instruments.filter(({ market, venue }) => market === 'perp' && (wanted === undefined || venue === wanted))

/** Those of them that are priced in dollars, without the sums. */
export const dollarPerps = (wish: GroupWish): readonly AssetInstrument[] =>
  wish.instruments.filter((each) => isDollarMarket(each, 'perp', wish))

/** Whether something is of a market, priced in dollars, and of the venue that was asked for or of any; vendors have sums, not instruments. */
export const isDollarMarket = (
  each: { readonly venue: string; readonly market: string; readonly quote: string },
  market: 'spot' | 'perp',
  { venue: wanted }: Pick<GroupWish, 'venue'>,
): boolean =>
  each.market === market &&
  isOneMoney(each.quote, 'USD') &&
  !isVendor(each.venue) &&
  (wanted === undefined || each.venue === wanted)

/** The answer of a group of which nothing is held. */
export const nothing = (missing: string): ReadGroup => ({
  span: undefined,
  columns: () => ({}),
  inputs: [],
  conventions: [],
  missing: [missing],
})

/** What is told of the series that a column was made of. */
export interface SeriesSpan extends Omit<Input, 'from' | 'to' | 'gaps' | 'rows'> {
  readonly at: readonly number[]
  /** What a row is of; of readings at an instant 0. */
  readonly spanMs: number
}

/** Where a column is from: a series with its first and last moment. Readings stand on no grid, so they have no gaps. */
export function inputOf({ at, spanMs, ...series }: SeriesSpan): Input {
  const [from = 0, to = 0] = [at[0], at.at(-1)]
  const rows = at.length
  const gaps = spanMs === 0 || rows === 0 ? 0 : Math.max(0, Math.round((to - from) / spanMs) + 1 - rows)
  return { ...series, from: instant(from), to: instant(to + spanMs), rows, gaps }
}

/**
 * Where a column of days is from, whose gaps are days on which there should be a value.
 * @param like - a series of the ledger of releases that has its values on the same days: `SPX` for sessions in New York
 */
export function dayInputOf(series: Omit<SeriesSpan, 'spanMs'>, like: string): Input {
  const input = inputOf({ ...series, spanMs: DAY_MS })
  return { ...input, gaps: missingDays(like, new Set(series.at), input.from, input.to) }
}

/** The first and last moment of several series. */
export function spanOf(series: readonly Pick<SeriesSpan, 'at' | 'spanMs'>[]): ReadGroup['span'] {
  let [from, to] = [Infinity, -Infinity]
  for (const { at, spanMs } of series) {
    const [first, last] = [at[0], at.at(-1)]
    if (first === undefined || last === undefined) continue
    const ends = spanMs > 0 ? spanMs - 1 : 0
    from = Math.min(from, first + ends)
    to = Math.max(to, last + ends)
  }
  return from > to ? undefined : { from, to }
}

/** The same, begun some days earlier: what stands beside it may have been told before. */
export const begunBefore = (span: ReadGroup['span'], ms: number): ReadGroup['span'] =>
  span === undefined ? undefined : { ...span, from: span.from - ms }
