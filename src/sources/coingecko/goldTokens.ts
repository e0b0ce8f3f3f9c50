import type { LevelSource } from '../levelSource.ts'
import { COIN_IDS } from './coinIds.ts'
import { coingecko, fetchHours, HOURLY_DAYS } from './coingecko.ts'
import { mapCloses } from './mapCloses.ts'

/** Prices have many digits, the last of which are reckoned anew. */
const SAME = 1e-6

/**
 * Tokens of an ounce of gold, priced at the close in New York: a publisher of coins asked for what else a coin can tell. It is the one that
 * publishes market caps: one address, one limit.
 */
export const goldTokens: LevelSource = {
  publisher: coingecko,
  command: 'goldtokens',
  series: { PAXG: ['GOLD_PAXG'], XAUT: ['GOLD_XAUT'] },
  mostDays: HOURLY_DAYS.most,
  beyondMostDays: `over ${HOURLY_DAYS.most} days the publisher tells prices of 00:00 UTC alone, which are none of a close in New York: what was fetched stays, so asking now and then lets it grow; older gold by file: assayer import series FILE --symbol GLD`,
  sameWithin: SAME,
  fetch: async (link, { name, now, days = HOURLY_DAYS.most }) => {
    const { json, simulated } = await fetchHours(link, COIN_IDS[name] ?? name, days)
    return { ...mapCloses(json, { symbol: `GOLD_${name}`, now }), simulated }
  },
}
