import { sidedBounds } from '../conventions/comparable.ts'
import { FIELDS, type Convention, type Field } from '../conventions/convention.ts'
import { LEDGER } from '../conventions/ledger.ts'
import { VENDORS, VENUES, type Vendor, type Venue } from '../records/venues.ts'

export type { Rule } from '../conventions/convention.ts'

export interface ConventionsQuestion {
  readonly venue?: string
  readonly field?: Field
}

/** An entry as it is shown: of open interest with the least and the most that is one-sided of the number as it is kept. */
export type ShownConvention = Convention & { readonly bounds?: readonly [least: number, most: number] }

export interface ConventionsAnswer {
  readonly conventions: readonly ShownConvention[]
  readonly missing: readonly string[]
}

/** Of whom the ledger speaks: the venues, and who publishes sums over them. */
export const CONVENTION_VENUES: readonly (Venue | Vendor)[] = [...VENUES, ...VENDORS]

/** The fields that a venue's number can have. */
export const CONVENTION_FIELDS: readonly Field[] = FIELDS

/** What venues' numbers mean, by the ledger of this version. Needs no store. */
export function answerConventions({ venue, field }: ConventionsQuestion): ConventionsAnswer {
  const conventions = LEDGER.filter(
    (entry) => (venue === undefined || entry.venue === venue) && (field === undefined || entry.field === field),
  ).map(shown)
  const missing = conventions.length === 0 ? [`an entry for ${field} of ${venue}: the ledger says nothing of it`] : []
  return { conventions, missing }
}

const shown = (entry: Convention): ShownConvention =>
  entry.rule.of === 'open interest' ? { ...entry, bounds: sidedBounds(entry.rule.sides) } : entry
