import { FIELDS, type Convention, type Field } from '../conventions/convention.ts'
import { LEDGER } from '../conventions/ledger.ts'

export type { Convention, Rule } from '../conventions/convention.ts'

export interface ConventionsQuestion {
  readonly venue?: string
  readonly field?: Field
}

export interface ConventionsAnswer {
  readonly conventions: readonly Convention[]
}

/** The fields that a venue's number can have. */
export const CONVENTION_FIELDS: readonly Field[] = FIELDS

/** What venues' numbers mean, by the ledger of this version. Needs no store. */
export function answerConventions({ venue, field }: ConventionsQuestion): ConventionsAnswer {
  const conventions = LEDGER.filter(
    (entry) => (venue === undefined || entry.venue === venue) && (field === undefined || entry.field === field),
  )
  return { conventions }
}
