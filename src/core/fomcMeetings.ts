import { parseInstant, type InstantMs } from './instant.ts'

/**
 * Days on which the Federal Open Market Committee decides: the second of each regular meeting, as the Federal Reserve's calendar has them
 * (federalreserve.gov/monetarypolicy/fomccalendars.htm). Those of the last year are tentative until the meeting before. A decision holds
 * from the next day on.
 */
const DECISIONS: Readonly<Record<number, string>> = {
  2024: '01-31 03-20 05-01 06-12 07-31 09-18 11-07 12-18',
  2025: '01-29 03-19 05-07 06-18 07-30 09-17 10-29 12-10',
  2026: '01-28 03-18 04-29 06-17 07-29 09-16 10-28 12-09',
  2027: '01-27 03-17 04-28 06-09 07-28 09-15 10-27 12-08',
}

/** Those days as 00:00Z, in order. */
export const FOMC_DECISIONS: readonly InstantMs[] = Object.entries(DECISIONS).flatMap(([year, days]) =>
  days.split(' ').map((day) => parseInstant(`${year}-${day}`)),
)
