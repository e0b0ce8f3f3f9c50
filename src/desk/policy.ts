import { formatDay, formatInstant, type InstantMs } from '../core/instant.ts'
import { ordersUnspoken, signingsDiffering } from '../notes/policy/registerOrders.ts'
import { standingAt, type PolicyStanding, type PolicyWish } from '../notes/policy/standing.ts'
import { POLICY_SUBJECTS } from '../records/policy.ts'
import { readPolicy } from '../sources/policy/readPolicy.ts'
import type { HeldOrders } from './readOrders.ts'

export type { PolicyStanding } from '../notes/policy/standing.ts'

/** What a matter can be about. */
export const SUBJECTS: readonly string[] = POLICY_SUBJECTS

/** Whose orders the Federal Register publishes. */
const REGISTER_OF = 'US'

/** An executive order that no matter speaks of. */
export interface PolicyOrder {
  readonly number: string
  readonly documentNumber: string
  readonly title: string
  /** Dates. */
  readonly signedOn: string
  readonly publishedOn: string
  readonly address: string
  /** Whether a simulation made it. */
  readonly simulated: boolean
}

export interface PolicyAnswer {
  readonly asOf: string
  readonly standing: readonly PolicyStanding[]
  /** Executive orders of the last 90 days that no matter speaks of, the newest first; left out where none are held, or not all are asked for. */
  readonly orders?: readonly PolicyOrder[]
  /** Of which day the last order is that is held: later ones may not have been fetched. */
  readonly ordersTo?: string
  /** Why they are not shown though they are held. */
  readonly ordersLeftOut?: string
  /** Where a matter and the Federal Register date one order otherwise. */
  readonly differing?: readonly string[]
  readonly missing: readonly string[]
}

/**
 * What stood where at an instant, by the policy files of this version, and beside it what the Federal Register published.
 * @param held - executive orders known at that instant; needs no store where it is left out
 */
export function answerPolicy(asOf: InstantMs, wish: PolicyWish, held?: HeldOrders): PolicyAnswer {
  const standing = standingAt(readPolicy(), asOf, wish)
  const where = [wish.jurisdiction, wish.subject].filter((part) => part !== undefined).join(', ')
  return {
    asOf: formatInstant(asOf),
    standing,
    ...(held === undefined || held.orders.length === 0 ? {} : besideStanding({ asOf, wish, standing, held })),
    missing:
      standing.length === 0
        ? [`policy events${where === '' ? '' : ` of ${where}`}: the files hold none that was known then`]
        : [],
  }
}

/** Whether executive orders have a place in an answer. */
export const hasOrders = ({ jurisdiction }: PolicyWish): boolean =>
  jurisdiction === undefined || jurisdiction === REGISTER_OF

interface Beside {
  readonly asOf: InstantMs
  readonly wish: PolicyWish
  readonly standing: readonly PolicyStanding[]
  readonly held: HeldOrders
}

function besideStanding({ asOf, wish, standing, held }: Beside): Partial<PolicyAnswer> {
  if (!hasOrders(wish)) return {}
  if (wish.subject !== undefined) return { ordersLeftOut: 'the Federal Register does not tell what an order is about' }
  const { orders, simulated } = held
  const ofRegister = standing.filter(({ matter }) => matter.jurisdiction === REGISTER_OF)
  return {
    orders: ordersUnspoken(ofRegister, orders, asOf).map(({ number, documentNumber, title, address, ...order }) => ({
      number,
      documentNumber,
      title,
      signedOn: formatDay(order.at),
      publishedOn: formatDay(order.publishedOn),
      address,
      simulated,
    })),
    ordersTo: formatDay(
      orders.reduce((last, { publishedOn }) => (publishedOn > last ? publishedOn : last), -Infinity as InstantMs),
    ),
    differing: signingsDiffering(ofRegister, orders),
  }
}

/** The jurisdictions that the files are of. */
export const policyJurisdictions = (): readonly string[] => [
  ...new Set(readPolicy().map(({ jurisdiction }) => jurisdiction)),
]
