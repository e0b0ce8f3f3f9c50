import { instant, MINUTE_MS } from '../../core/instant.ts'
import type { VenueSource } from '../source.ts'
import { needWire } from '../wire/readWire.ts'
import { history } from './history.ts'
import { fetchListing } from './listing.ts'
import { feeds, polls } from './live.ts'
import * as wire from './wire.ts'

const CLOCKS = { spot: '/api/v3/time', perp: '/fapi/v1/time' } as const

/** Binance: spot, and USD-M perpetuals. See QUIRKS.md. */
export const binance: VenueSource = {
  venue: 'binance',
  addresses: {
    spot: 'https://api.binance.com',
    perp: 'https://fapi.binance.com',
    spotSocket: 'wss://stream.binance.com:9443',
    perpSocket: 'wss://fstream.binance.com',
  },
  budgets: {
    spot: { limit: 6000, windowMs: MINUTE_MS, usedHeader: 'x-mbx-used-weight-1m' },
    perp: { limit: 2400, windowMs: MINUTE_MS, usedHeader: 'x-mbx-used-weight-1m' },
    statistics: { limit: 1000, windowMs: 5 * MINUTE_MS },
    funding: { limit: 500, windowMs: 5 * MINUTE_MS },
  },
  fetchTime: async (io, address) => {
    const market = address === 'spot' ? 'spot' : 'perp'
    const json = await io.ask({ address: market, path: CLOCKS[market], budget: market, weight: 1 })
    return instant(needWire(wire.time, json, 'time').serverTime)
  },
  fetchListing,
  history,
  polls,
  feeds,
}
