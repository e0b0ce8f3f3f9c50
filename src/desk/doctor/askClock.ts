import type { VenueSource } from '../../sources/source.ts'
import { CLOCK_MS, type VenueLink } from '../jobs/collect/venueLink.ts'

/** What a venue says of itself when it is asked for its clock. */
export interface Clock {
  /** Venue's clock less this machine's, ms; a simulated venue's less that of its address book. */
  readonly skewMs: number
  /** Share of the venue's limit that is used, where the venue tells it. */
  readonly used?: number
}

/**
 * Asks a venue for its clock at one of its addresses.
 * @param link - that has asked nothing yet, so that what it knows of limits is what this answer says
 * @throws what asking throws
 */
export async function askClock(source: VenueSource, address: string, link: VenueLink): Promise<Clock> {
  const sent = link.now()
  const theirs = await source.fetchTime(link, address)
  // The venue read its clock somewhere between the question and the answer.
  const skewMs = Math.round(theirs - (sent + link.now()) / 2)
  const budgets = link.budgets()
  const told = Object.entries(source.budgets).filter(([, { usedHeader }]) => usedHeader !== undefined)
  if (told.length === 0) return { skewMs }
  return { skewMs, used: Math.max(...told.map(([name]) => budgets[name]?.used ?? 0)) }
}

/** True where one of the two clocks is wrong. */
export const isWrong = ({ skewMs }: Clock): boolean => Math.abs(skewMs) > CLOCK_MS
