import type { Listing } from '../../market/live/listing.ts'
import { ok } from '../answers.ts'
import type { Answer } from '../door.ts'
import { contractsAsked, isRefused, pageOf, settleOf, type Asked } from './asked.ts'
import { decimal } from './written.ts'

interface Tier {
  readonly maintenance: number
  readonly initial: number
  readonly leverage: number
  /** Up to this value of a position, dollars. */
  readonly limit: number
}

/** The world liquidates all at one rate, which is the first tier's; it holds every position there is. */
const TIERS: readonly Tier[] = [
  { maintenance: 0.005, initial: 0.01, leverage: 100, limit: 100_000_000 },
  { maintenance: 0.01, initial: 0.02, leverage: 50, limit: 200_000_000 },
  { maintenance: 0.02, initial: 0.04, leverage: 25, limit: 500_000_000 },
]
/** About what a bitcoin costs: limits of contracts that are settled in it are counted in it. */
const BITCOIN = 100_000

/** Tiers of one contract, or of the first hundred, each row with its contract then; `limit` and `offset` count contracts. */
export function riskLimitTiers(asked: Asked): Answer {
  const listings = contractsAsked(asked)
  if (isRefused(listings)) return listings
  const page = pageOf(asked.query, 100)
  if (isRefused(page)) return page
  const [one] = asked.query.has('contract') ? listings : []
  return ok(one === undefined ? listings.slice(page.offset, page.offset + page.limit).flatMap(tiersOf) : tierRows(one))
}

/** A contract's tiers where more than one contract may be told of. */
export const tiersOf = (listing: Listing) => tierRows(listing).map((tier) => ({ ...tier, contract: listing.name }))

/** The deduction makes the margin go on without a jump from one tier to the next. */
function tierRows(listing: Listing) {
  const unit = settleOf(listing) === 'btc' ? BITCOIN : 1
  let deduction = 0
  return TIERS.map(({ maintenance, initial, leverage, limit }, i) => {
    const before = TIERS[i - 1]
    if (before !== undefined) deduction += (before.limit / unit) * (maintenance - before.maintenance)
    return {
      maintenance_rate: decimal(maintenance, 8),
      tier: i + 1,
      initial_rate: decimal(initial, 8),
      leverage_max: String(leverage),
      risk_limit: decimal(limit / unit, 8),
      deduction: decimal(deduction, 8),
    }
  })
}
