import type { InstantMs } from '../../core/instant.ts'
import { newYorkClock } from '../../core/newYorkSession.ts'

/** In New York. An issue is promised for 6:00; a page that still lacks it is no longer called late from 9:00 on. */
const ISSUE_HOUR = 9

/**
 * When what an issue has can be known by everybody. What is there before, while its day has begun in New York, is known when it was asked for.
 * @param day - of the issue, 00:00Z of its date
 * @param now - when it was asked
 * @returns after `now` where the day has not begun: nobody knows it yet
 * @example formatInstant(issuedAt(parseInstant('2025-01-31'), now)) // '2025-01-31T14:00:00Z'
 */
export function issuedAt(day: InstantMs, now: InstantMs): InstantMs {
  const told = newYorkClock(day, ISSUE_HOUR)
  return told > now && newYorkClock(day, 0) <= now ? now : told
}
