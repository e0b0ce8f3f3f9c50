import type { DeskError } from '../../../core/errors.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { DumpFile, EarlyPeriod } from '../../../sources/dumps/dumpFile.ts'
import type { TakenFile } from '../importFile.ts'
import type { ClosedGap } from './closeGaps.ts'

/** What came of one file of a dump, or of a period that has none yet. */
export type DumpReport = {
  readonly market: DumpFile['market']
  readonly kind: DumpFile['kind']
  readonly instrument: string
  readonly period: string
  /** Behind the base address; none of a period that is early. */
  readonly path?: string
} & (
  | {
      readonly is: 'imported'
      readonly sha256: string
      readonly bytes: number
      readonly simulated: Instrument['simulated']
      readonly brought: Brought
      /** Gaps of the collector that it has closed. */
      readonly closed: readonly ClosedGap[]
    }
  /** Stored before, and not changed since. */
  | { readonly is: 'held' }
  /** Stored before, and changed since: what is stored stays. */
  | { readonly is: 'changed'; readonly sha256: string; readonly was: string; readonly since: string }
  /** The site has it not. */
  | { readonly is: 'missing' }
  /** It cannot be out yet. */
  | { readonly is: 'early'; readonly why: string }
  /** It was fetched or read in vain; nothing of it was stored. */
  | { readonly is: 'failed'; readonly code: string; readonly why: string; readonly hint: string | undefined }
)

/** What the rows of a file brought; a file without rows brought nothing. */
export type Brought = Pick<
  TakenFile,
  'rows' | 'added' | 'fuller' | 'replaced' | 'unchanged' | 'unclosed' | 'future' | 'empty' | 'records' | 'bad'
>

export const NOTHING: Brought = {
  rows: 0,
  added: 0,
  fuller: 0,
  replaced: 0,
  unchanged: 0,
  unclosed: 0,
  future: 0,
  empty: 0,
  records: [],
  bad: { count: 0, first: [] },
}

/** The fields of a report that name its file. */
export const named = (each: DumpFile | EarlyPeriod) => ({
  market: each.market,
  kind: each.kind,
  instrument: each.instrument,
  period: each.period,
  ...('path' in each ? { path: each.path } : {}),
})

/** What is wrong with a file, where others may still be right; whatever else goes wrong ends the whole run. */
const OF_A_FILE = new Set([
  'BAD_ROW',
  'CHECKSUM_MISMATCH',
  'CHECKSUM_MISSING',
  'CHECKSUM_UNREADABLE',
  'CONTRACT_COUNT',
  'DAMAGED_FILE',
  'DUMP_TOO_LONG',
  'IMPORT_CONFLICT',
  'IMPORT_REPEATS',
  'INTERVAL_CONFLICT',
  'MIXED_ARCHIVE',
  'NOT_A_DUMP',
  'NO_CONVENTION',
  'OTHER_INSTRUMENT',
  'TRADES_TWICE',
  'UNDATED_DUMP',
  'UNKNOWN_LAYOUT',
])

export const isOfAFile = ({ code }: DeskError): boolean => OF_A_FILE.has(code)
