import { ledgerLookup, type Convention, type Lookup } from '../../conventions/convention.ts'
import { instant } from '../../core/instant.ts'
import { DeskError } from '../../core/errors.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { ConventionSpan } from '../../store/queries/readConventionSpans.ts'
import type { Restated } from '../jobs/restate.ts'

/** Stored rows that the ledger of this version reads by another entry than they stand. */
export interface Outdated {
  readonly venue: string
  readonly record: Restated['record']
  /** At most so many: of a stretch of which a part stands as it should, all are counted. */
  readonly rows: number
  /** The entries that they stand by. */
  readonly conventions: readonly string[]
}

/**
 * Which rows reading them again would change, told from the ids of the entries that they were read by.
 * @param spans - of one kind of record
 * @param instruments - all that are known; rows of others are left alone
 * @returns one for each venue that has any
 */
export function outdatedRows(
  record: Restated['record'],
  spans: readonly ConventionSpan[],
  { instruments, ledger }: { readonly instruments: readonly Instrument[]; readonly ledger: readonly Convention[] },
): readonly Outdated[] {
  const lookUp = ledgerLookup(ledger)
  const contracts = new Map(instruments.map((is) => [keyOf(is), is.contract] as const))
  const idAt = (span: ConventionSpan, at: number): string | undefined => {
    const contract = contracts.get(keyOf(span))
    if (contract === undefined) return span.convention
    return idOf(() => lookUp({ venue: span.venue, contract, at: instant(at), ...whatOf(record, span) }))
  }
  // An entry holds for one stretch of time: what it says of both ends it says of all between.
  const old = spans.filter((span) => [span.first, span.last].some((at) => idAt(span, at) !== span.convention))
  return [...new Set(old.map(({ venue }) => venue))].map((venue) => {
    const own = old.filter((span) => span.venue === venue)
    const rows = own.reduce((sum, span) => sum + span.rows, 0)
    return { venue, record, rows, conventions: [...new Set(own.map(({ convention }) => convention))] }
  })
}

const keyOf = ({ venue, market, instrument }: Pick<ConventionSpan, 'venue' | 'market' | 'instrument'>): string =>
  `${venue}/${market}/${instrument}`

function whatOf(record: Restated['record'], { interval }: ConventionSpan): Pick<Lookup, 'field' | 'rule'> {
  if (record === 'liquidation') return { field: 'liquidation', rule: 'liquidation' }
  return { field: interval === 'live' ? 'open_interest' : 'open_interest_history', rule: 'open interest' }
}

/** Undefined where the ledger says nothing. */
function idOf(find: () => Convention): string | undefined {
  try {
    return find().id
  } catch (error) {
    if (error instanceof DeskError) return undefined
    throw error
  }
}
