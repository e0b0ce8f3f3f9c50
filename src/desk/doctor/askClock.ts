import type { VenueSource } from '../../sources/source.ts'
import { CLOCK_MS, type VenueLink } from '../jobs/collect/venueLink.ts'

/** What a venue says of itself when it is asked for its clock. */
export interface Clock {
  /** From a question until its answer on a connection that is open, ms. */
  readonly latencyMs: number
  /** Venue's clock less this machine's, ms; a simulated venue's less that of its address book. */
  readonly skewMs: number
  /** Share of the venue's limit that is used, where the venue tells it. */
  readonly used?: number
}

/**
 * Asks a venue for its clock at one of its addresses; twice, since the first question opens the connection.
 * @param link - that has asked nothing yet, so that what it knows of limits is what this answer says
 * @throws what asking throws
 */
export async function askClock(source: VenueSource, address: string, link: VenueLink): Promise<Clock> {
  await source.fetchTime(link, address)
  const [began, sent] = [performance.now(), link.now()]
  const theirs = await source.fetchTime(link, address)
  // The venue read its clock somewhere between the question and the answer.
  const latencyMs = Math.round(performance.now() - began)
  const skewMs = Math.round(theirs - (sent + link.now()) / 2)
  const budgets = link.budgets()
  const told = Object.entries(source.budgets).filter(([, { usedHeader }]) => usedHeader !== undefined)
  if (told.length === 0) return { latencyMs, skewMs }
  return { latencyMs, skewMs, used: Math.max(...told.map(([name]) => budgets[name]?.used ?? 0)) }
}

/** True where one of the two clocks is wrong. */
export const isWrong = ({ skewMs }: Pick<Clock, 'skewMs'>): boolean => Math.abs(skewMs) > CLOCK_MS
