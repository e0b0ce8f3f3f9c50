import { instant, SECOND_MS } from '../../core/instant.ts'
import type { VenueSource } from '../source.ts'
import { needWire } from '../wire/readWire.ts'
import { askData } from './askData.ts'
import { feeds } from './feeds.ts'
import { history } from './history.ts'
import { fetchListing } from './listing.ts'
import { polls } from './polls.ts'
import * as wire from './wire.ts'

const aSecond = (limit: number): { limit: number; windowMs: number } => ({ limit, windowMs: SECOND_MS })

/** Bitget: spot, and perpetuals settled in USDT or in the coin. See QUIRKS.md. */
export const bitget: VenueSource = {
  venue: 'bitget',
  addresses: { rest: 'https://api.bitget.com', socket: 'wss://ws.bitget.com' },
  // Every door has a counter of its own. All together may take 6000 a minute, which the doors that are asked in rows (candles,
  // trades, funding, ratios, liquidations) do not reach even at once.
  budgets: {
    time: aSecond(20),
    spotSymbols: aSecond(20),
    contracts: aSecond(20),
    spotCandles: aSecond(20),
    perpCandles: aSecond(20),
    spotTrades: aSecond(10),
    perpTrades: aSecond(10),
    fundingHistory: aSecond(20),
    fundingNow: aSecond(20),
    spotTickers: aSecond(20),
    perpTickers: aSecond(20),
    accountRatio: aSecond(1),
    positionRatio: aSecond(1),
    liquidations: aSecond(5),
  },
  fetchTime: async (io) => {
    const data = await askData(io, { address: 'rest', path: '/api/v2/public/time', budget: 'time', weight: 1 })
    return instant(needWire(wire.time, data, 'time').serverTime)
  },
  fetchListing,
  history,
  polls,
  feeds,
}
