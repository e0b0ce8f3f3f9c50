import { SECOND_MS, type InstantMs } from '../../core/instant.ts'
import type { BudgetSpec } from '../../net/rateBudget.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { VenueIo, VenueRequest } from '../source.ts'

/** What contracts are margined and settled in, as paths name it. */
export type Settle = 'usdt' | 'btc'

const SPOT = ['time', 'currency_pairs', 'candlesticks', 'trades', 'tickers'] as const
const FUTURES = [
  'contracts',
  'candlesticks',
  'trades',
  'tickers',
  'funding_rate',
  'contract_stats',
  'liq_orders',
] as const

/** Each endpoint has a counter of its own; both settlements are taken to share one. */
const PER_ENDPOINT: BudgetSpec = { limit: 200, windowMs: 10 * SECOND_MS }

export const budgets: Readonly<Record<string, BudgetSpec>> = Object.fromEntries(
  [...SPOT.map((door) => `spot ${door}`), ...FUTURES.map((door) => `futures ${door}`)].map((name) => [
    name,
    PER_ENDPOINT,
  ]),
)

/** Asks a door of spot. */
export function askSpot(io: VenueIo, door: (typeof SPOT)[number], query: VenueRequest['query'] = {}): Promise<unknown> {
  return io.ask({ address: 'rest', path: `/api/v4/spot/${door}`, query, budget: `spot ${door}`, weight: 1 })
}

/** Asks a door of the contracts of one settlement. */
export function askFutures(
  io: VenueIo,
  settle: Settle,
  door: (typeof FUTURES)[number],
  query: VenueRequest['query'] = {},
): Promise<unknown> {
  const path = `/api/v4/futures/${settle}/${door}`
  return io.ask({ address: 'rest', path, query, budget: `futures ${door}`, weight: 1 })
}

export const settleOf = ({ contract }: Pick<Instrument, 'contract'>): Settle =>
  contract === 'inverse' ? 'btc' : 'usdt'

/** Whole seconds, in which the venue is asked: down for a beginning, up for an end, so that nothing between is cut off. */
export const secondsDown = (at: InstantMs): number => Math.floor(at / SECOND_MS)
export const secondsUp = (at: InstantMs): number => Math.ceil(at / SECOND_MS)
