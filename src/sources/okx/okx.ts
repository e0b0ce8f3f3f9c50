import { instant } from '../../core/instant.ts'
import type { BudgetSpec } from '../../net/rateBudget.ts'
import type { VenueSource } from '../source.ts'
import { needWire } from '../wire/readWire.ts'
import { askOkx, refusalOf } from './askOkx.ts'
import { history } from './history.ts'
import { fetchListing } from './listing.ts'
import { feeds, polls } from './live.ts'
import * as wire from './wire.ts'

/** Every door has a budget of its own, over two seconds. Some are counted by instrument as well; we count by door alone. */
const perTwoSeconds = (limit: number): BudgetSpec => ({ limit, windowMs: 2_000 })

/** OKX: spot, and perpetual swaps, linear and inverse. See QUIRKS.md. */
export const okx: VenueSource = {
  venue: 'okx',
  addresses: {
    rest: 'https://www.okx.com',
    socket: 'wss://ws.okx.com:8443',
  },
  budgets: {
    time: perTwoSeconds(10),
    instruments: perTwoSeconds(20),
    tickers: perTwoSeconds(20),
    candles: perTwoSeconds(40),
    historyCandles: perTwoSeconds(20),
    historyTrades: perTwoSeconds(20),
    openInterest: perTwoSeconds(20),
    openInterestHistory: perTwoSeconds(10),
    funding: perTwoSeconds(10),
    fundingHistory: perTwoSeconds(10),
    long_short_accounts: perTwoSeconds(5),
    top_accounts: perTwoSeconds(5),
    top_positions: perTwoSeconds(5),
    taker_ratio: perTwoSeconds(5),
  },
  refusal: refusalOf,
  fetchTime: async (io) => {
    const { data } = await askOkx(io, { path: '/api/v5/public/time', budget: 'time' })
    return instant(needWire(wire.time, data[0], 'time').ts)
  },
  fetchListing,
  history,
  polls,
  feeds,
}
