import type { Answer, Ask, RateRule } from '../door.ts'
import { typeOf } from './info.ts'

/** Everything under `/info` counts together; the list of accounts is kept elsewhere. */
const LIMITS: Readonly<Record<string, { readonly limit: number; readonly windowMs: number }>> = {
  info: { limit: 1200, windowMs: 60_000 },
  statistics: { limit: Infinity, windowMs: 60_000 },
}

const LIGHT: readonly string[] = ['allMids', 'clearinghouseState', 'exchangeStatus']

/** Rows of an answer that cost one more. */
const ROWS_A_WEIGHT: Readonly<Record<string, number>> = {
  recentTrades: 20,
  fundingHistory: 20,
  userFills: 20,
  userFillsByTime: 20,
  candleSnapshot: 60,
}

/** What questions cost. No header tells what is used, and none how long to wait. */
export const RATE: RateRule = {
  weigh: (ask) => ({
    counter: ask.path === '/info' ? 'info' : 'statistics',
    weight: LIGHT.includes(typeOf(ask)) ? 2 : 20,
  }),
  weighAnswer,
  allow: (counter) => LIMITS[counter] ?? { limit: Infinity, windowMs: 60_000 },
  headers: () => ({}),
  refuse: () => ({ status: 429, body: null }),
}

function weighAnswer(ask: Ask, { body }: Answer): number {
  const rows = ROWS_A_WEIGHT[typeOf(ask)]
  return rows === undefined || !Array.isArray(body) ? 0 : Math.floor(body.length / rows)
}
