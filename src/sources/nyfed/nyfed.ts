import { MINUTE_MS, SECOND_MS } from '../../core/instant.ts'
import type { LevelSource } from '../levelSource.ts'
import type { Publisher } from '../publisher.ts'
import { mapRates } from './map.ts'
import * as wire from './wire.ts'

const doorOf = (days: number): string => `/api/rates/unsecured/effr/last/${days}.json`
/** Three years of business. */
const USUAL_DAYS = 750

/** The Markets Data interface of the Federal Reserve Bank of New York. No limit is told; ten questions a minute are more than are needed. */
const publisher: Publisher = {
  name: 'nyfed',
  base: 'https://markets.newyorkfed.org',
  budget: { limit: 10, windowMs: MINUTE_MS },
  maxBytes: 8 * 1024 ** 2,
  timeoutMs: 30 * SECOND_MS,
  proof: { path: doorOf(1), as: 'json', isAnswer: (json) => wire.refRates.safeParse(json).success },
}

/** The effective federal funds rate by who computes it, with the target range beside it. */
export const nyfed: LevelSource = {
  publisher,
  series: { EFFR: ['EFFR', 'DFEDTARL', 'DFEDTARU'] },
  mostDays: 10_000,
  fetch: async ({ ask }, { now, days = USUAL_DAYS }) => {
    const { json, simulated } = await ask(doorOf(days))
    return { ...mapRates(json, now), simulated }
  },
}
