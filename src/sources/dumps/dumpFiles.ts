import { DeskError } from '../../core/errors.ts'
import type { InstantMs } from '../../core/instant.ts'
import type { Interval } from '../../core/interval.ts'
import { binanceFiles, binanceSite } from './binanceFiles.ts'
import { bybitFiles, bybitSite } from './bybitFiles.ts'
import type { DumpFile, DumpKind, DumpMarket, DumpSite, DumpVenue, EarlyPeriod } from './dumpFile.ts'

/** What is wanted of a dump. */
export interface DumpWish {
  readonly venue: DumpVenue
  readonly market: DumpMarket
  /** Names as the venue writes them, in any case. */
  readonly instruments: readonly string[]
  /** The usual ones of the market unless said. */
  readonly kinds?: readonly DumpKind[]
  /** Of klines; a minute unless said. */
  readonly interval?: Interval
  /** From the day that holds this to the one before which this lies. */
  readonly from: InstantMs
  readonly to: InstantMs
}

export const DUMP_SITES: Readonly<Record<DumpVenue, DumpSite>> = { binance: binanceSite, bybit: bybitSite }

const FILES = { binance: binanceFiles, bybit: bybitFiles } as const

/** Intervals of klines that the site of Binance has, beside those of the calendar. */
const INTERVALS: readonly Interval[] = ['1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '8h', '12h', '1d']

/**
 * The files that hold what is wanted, by instrument, kind and time; a file is taken whole, also where only a part of it is asked for.
 * @param now - what cannot be out by then is told as early
 * @throws {DumpWishError} a kind, an interval or a name that the site cannot have
 * @example dumpFiles({ venue: 'bybit', market: 'perp', instruments: ['BTCUSDT'], from, to }, now)[0].path
 *   // 'trading/BTCUSDT/BTCUSDT2025-04-01.csv.gz'
 */
export function dumpFiles(wish: DumpWish, now: InstantMs): readonly (DumpFile | EarlyPeriod)[] {
  const { venue, market, from, to, interval = '1m' } = wish
  const kinds = wish.kinds ?? DUMP_SITES[venue].usual[market]
  refuseWish({ ...wish, kinds, interval })
  return [...new Set(wish.instruments.map((name) => name.toUpperCase()))].flatMap((instrument) =>
    kinds.flatMap((kind) => FILES[venue]({ market, kind, instrument, interval, from, to }, now)),
  )
}

/** True for a period that has a file. */
export const isFile = (each: DumpFile | EarlyPeriod): each is DumpFile => 'path' in each

function refuseWish({ venue, market, kinds, interval, instruments }: Required<DumpWish>): void {
  const { kinds: known } = DUMP_SITES[venue]
  const kind = kinds.find((each) => !known[market].includes(each))
  if (kind !== undefined) {
    const other = market === 'spot' ? 'perp' : 'spot'
    const elsewhere = known[other].includes(kind) ? `; --market ${other} has it` : ''
    throw new DumpWishError(
      `"${kind}"`,
      `${venue} has no dumps of that of ${market}`,
      `kinds of ${market}: ${known[market].join(', ')}${elsewhere}`,
    )
  }
  if (kinds.includes('klines') && !INTERVALS.includes(interval)) {
    const hint = `one of ${INTERVALS.join(', ')}; longer bars are built from them when they are read`
    throw new DumpWishError(`"${interval}"`, `${venue} has no dumps of such candles`, hint)
  }
  const odd = instruments.find((name) => !/^[\p{L}\p{N}][\p{L}\p{N}_-]*$/u.test(name))
  if (odd !== undefined) throw new DumpWishError(`"${odd}"`, 'that is no name of an instrument', 'for example BTCUSDT')
}

/** Thrown for what a dump site cannot have. */
export class DumpWishError extends DeskError {
  constructor(what: string, why: string, hint: string) {
    super('BAD_DUMP_WISH', `${what}: ${why}`, { hint })
  }
}
