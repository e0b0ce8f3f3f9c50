import { formatInstant, type InstantMs } from '../core/instant.ts'
import { standingAt, type PolicyStanding, type PolicyWish } from '../notes/policy/standing.ts'
import { POLICY_SUBJECTS } from '../records/policy.ts'
import { readPolicy } from '../sources/policy/readPolicy.ts'

export type { PolicyStanding } from '../notes/policy/standing.ts'

/** What a matter can be about. */
export const SUBJECTS: readonly string[] = POLICY_SUBJECTS

export interface PolicyAnswer {
  readonly asOf: string
  readonly standing: readonly PolicyStanding[]
  readonly missing: readonly string[]
}

/** What stood where at an instant, by the policy files of this version. Needs no store. */
export function answerPolicy(asOf: InstantMs, wish: PolicyWish): PolicyAnswer {
  const standing = standingAt(readPolicy(), asOf, wish)
  const where = [wish.jurisdiction, wish.subject].filter((part) => part !== undefined).join(', ')
  return {
    asOf: formatInstant(asOf),
    standing,
    missing:
      standing.length === 0 ? [`policy events${where === '' ? '' : ` of ${where}`}: the files hold none so early`] : [],
  }
}

/** The jurisdictions that the files are of. */
export const policyJurisdictions = (): readonly string[] => [
  ...new Set(readPolicy().map(({ jurisdiction }) => jurisdiction)),
]
