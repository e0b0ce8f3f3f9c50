import { DAY_MS, parseInstant, type InstantMs } from '../../core/instant.ts'
import { policyKnownAt, type PolicyEvent, type PolicyMatter } from '../../records/policy.ts'

/** Days back in which a shock is still one. */
const SHOCK_DAYS = 180

/** The last tariff order that tightened, of those that were known: the shocks of these years. */
export function lastShock(policy: readonly PolicyMatter[], asOf: InstantMs): PolicyEvent | undefined {
  return policy
    .filter(({ subjects, stance }) => subjects.includes('tariffs') && stance === 'restrictive')
    .flatMap(({ events }) => events)
    .filter((event) => event.stage === 'signed' && isKnownWithin(event, asOf, SHOCK_DAYS))
    .toSorted((a, b) => parseInstant(b.on) - parseInstant(a.on))[0]
}

/** Whether an event was known at T, and no longer ago than so many days. */
export const isKnownWithin = (event: PolicyEvent, asOf: InstantMs, days: number): boolean =>
  policyKnownAt(event) <= asOf && policyKnownAt(event) > asOf - days * DAY_MS
