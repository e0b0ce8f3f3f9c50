import type { SymbolRef } from '../../conventions/symbols.ts'
import { DeskError } from '../../core/errors.ts'
import type { InstantMs } from '../../core/instant.ts'
import { instrumentIn, stemOf } from './fileName.ts'
import { findLayout } from './layouts/layouts.ts'
import { VENDORS, VENUES } from '../../records/venues.ts'
import type { Binding, FileKind, Head, Layout } from './layouts/layout.ts'
import type { Part } from './rawRows.ts'

/** What the caller says about a file; whatever is not said is taken from its layout, its name or its rows. */
export interface FileWishes {
  /** `binance`, `bybit`, `hyperliquid`, … in any case. */
  readonly venue?: string
  readonly market?: SymbolRef['market']
  readonly interval?: string
  /** The instrument (for series the symbol) of a file that names none; or of all rows of one that names a single one. */
  readonly instrument?: string
  /** Series only: the column to take. */
  readonly column?: string
  /** When all rows became known; never before a row's own time. */
  readonly knownAt?: InstantMs
}

/** How one table is to be read. */
export interface TablePlan {
  readonly layout: Layout
  readonly binding: Binding
  readonly venue: string
  readonly market: SymbolRef['market']
  /** The one instrument of all rows; undefined where a column names it. */
  readonly instrument: string | undefined
}

/**
 * Recognises a table by its first row and settles what its rows do not say.
 * @throws {UnknownLayoutError} no layout of this kind has such a header
 * @throws {UntoldError} venue or instrument is neither said nor to be found in the file
 */
export function planTable(kind: FileKind, part: Part, first: readonly string[], wishes: FileWishes): TablePlan {
  const stem = stemOf(part.name)
  const head: Head = { cells: first, stem, instrument: wishes.instrument, column: wishes.column }
  const { layout, binding } = findLayout(kind, head, part.label)
  const venue = wishes.venue?.toLowerCase() ?? binding.venue ?? (HAVE_NO_VENUE.has(kind) ? 'file' : undefined)
  if (venue === undefined) throw new UntoldError(part.label, 'venue', '--venue NAME, for example --venue binance')
  if (NEEDS_LEDGER.has(kind) && !KNOWN.includes(venue)) throw new UnknownVenueError(part.label, venue, kind)
  const market = wishes.market ?? binding.market ?? 'spot'
  const named = wishes.instrument ?? binding.instrument
  const instrument =
    binding.columns.instrument === undefined ? (named ?? guess(kind, stem, venue, market)) : wishes.instrument
  if (instrument === undefined && binding.columns.instrument === undefined && !HAVE_NO_INSTRUMENT.has(kind)) {
    throw new UntoldError(part.label, 'instrument', '--symbol NAME, for example --symbol BTCUSDT')
  }
  return { layout, binding, venue, market, instrument }
}

/** Kinds of files that are of no market: of whom they are is only where they are from. */
export const HAVE_NO_VENUE: ReadonlySet<FileKind> = new Set(['series', 'supply', 'wallets', 'rates', 'settlements'])

/** Kinds whose numbers mean what the conventions ledger says of their venue. */
const NEEDS_LEDGER: ReadonlySet<FileKind> = new Set(['metrics', 'funding', 'totals', 'positions'])
const KNOWN: readonly string[] = [...VENUES, ...VENDORS]

/** Kinds whose rows name what they are of in columns of their own. */
const HAVE_NO_INSTRUMENT: ReadonlySet<FileKind> = new Set(['rates', 'settlements'])

function guess(kind: FileKind, stem: string, venue: string, market: SymbolRef['market']): string | undefined {
  if (kind === 'series') return stem
  return HAVE_NO_VENUE.has(kind) ? undefined : instrumentIn(stem, venue, market)
}

/** Thrown where nothing is known of what a venue's numbers mean. */
export class UnknownVenueError extends DeskError {
  constructor(label: string, venue: string, kind: FileKind) {
    super('UNKNOWN_VENUE', `"${label}" is to be ${kind} of "${venue}", of which the conventions ledger says nothing`, {
      hint: `it knows ${KNOWN.join(', ')}`,
    })
  }
}

/** Thrown where a file does not tell what must be known of its rows, and the caller has not said it. */
export class UntoldError extends DeskError {
  constructor(label: string, what: 'venue' | 'instrument' | 'interval', hint: string) {
    super('UNTOLD', `"${label}" does not tell its ${what}`, { hint: `say it with ${hint}` })
  }
}
