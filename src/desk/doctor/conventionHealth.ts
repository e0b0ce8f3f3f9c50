import { holdsAt, type Convention } from '../../conventions/convention.ts'
import { DAY_MS, parseInstant, type InstantMs } from '../../core/instant.ts'
import { VENUES, type Venue } from '../../records/venues.ts'

/** What the ledger says of one venue today. */
export interface VenueConventions {
  readonly venue: Venue
  /** Entries that hold today, and how many of them say that something is unknown. */
  readonly entries: number
  readonly unknown: number
}

/** How the ledger stands today. */
export interface ConventionHealth {
  readonly venues: readonly VenueConventions[]
  /** Ids of entries that rest on nothing. */
  readonly withoutEvidence: readonly string[]
  /** Entries that hold today and have an end in sight. */
  readonly ending: readonly { readonly id: string; readonly to: string }[]
}

/** So far ahead an end is in sight. */
const SOON_MS = 30 * DAY_MS

/** How a ledger stands at an instant, for some venues. */
export function conventionHealth(
  ledger: readonly Convention[],
  { venues, now }: { readonly venues: readonly Venue[]; readonly now: InstantMs },
): ConventionHealth {
  const known = VENUES.filter((venue) => venues.includes(venue))
  const held = ledger.filter((entry) => known.some((venue) => venue === entry.venue) && holdsAt(entry, now))
  return {
    venues: known.map((venue) => {
      const own = held.filter((entry) => entry.venue === venue)
      return { venue, entries: own.length, unknown: own.filter(({ standing }) => standing === 'unknown').length }
    }),
    withoutEvidence: held.filter(({ evidence }) => evidence.length === 0).map(({ id }) => id),
    ending: held.flatMap(({ id, to }) => (to !== undefined && parseInstant(to) - now <= SOON_MS ? [{ id, to }] : [])),
  }
}
