import type { InstantMs } from '../../core/instant.ts'
import type { Interval } from '../../core/interval.ts'
import type { FileFormat } from '../files/fileFormat.ts'
import type { FileKind } from '../files/layouts/layout.ts'

export const DUMP_VENUES = ['binance', 'bybit'] as const
export type DumpVenue = (typeof DUMP_VENUES)[number]

export const DUMP_KINDS = ['klines', 'aggTrades', 'metrics', 'funding', 'trades'] as const
export type DumpKind = (typeof DUMP_KINDS)[number]

export type DumpMarket = 'spot' | 'perp'

/** One file of a public dump: the rows of one instrument over a day or a month. */
export interface DumpFile {
  readonly venue: DumpVenue
  readonly market: DumpMarket
  readonly kind: DumpKind
  /** By the venue's name. */
  readonly instrument: string
  /** Of klines. */
  readonly interval?: Interval
  /** Behind the base address, by which it is known on every mirror. */
  readonly path: string
  /** `2025-04` or `2025-04-12`. */
  readonly period: string
  readonly from: InstantMs
  readonly to: InstantMs
  /** Files of days that hold the same, where the file of a month may not be out yet. */
  readonly days: readonly DumpFile[]
}

/** A stretch of time of one kind of rows of one instrument that no file can hold yet, or none ever will. */
export interface EarlyPeriod extends Pick<DumpFile, 'market' | 'kind' | 'instrument' | 'period'> {
  readonly why: string
}

/** One kind of rows of one instrument over a stretch of time, `to` left out. */
export interface DumpSpan extends Pick<DumpFile, 'market' | 'kind' | 'instrument' | 'from' | 'to'> {
  readonly interval: Interval
}

/** What is known of a dump site. */
export interface DumpSite {
  readonly base: string
  /** Kinds that it has, the usual ones first. */
  readonly kinds: Readonly<Record<DumpMarket, readonly DumpKind[]>>
  /** Kinds that are fetched where none are named; those that are left out are large. */
  readonly usual: Readonly<Record<DumpMarket, readonly DumpKind[]>>
  readonly format: FileFormat
  /** Whether a file with the hash lies beside every file. */
  readonly checksum: 'beside' | 'none'
}

/** How a file of a kind is read. */
export const FILE_KIND_OF: Readonly<Record<DumpKind, FileKind>> = {
  klines: 'candles',
  aggTrades: 'trades',
  metrics: 'metrics',
  funding: 'funding',
  trades: 'trades',
}
