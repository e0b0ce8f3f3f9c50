import { instant, SECOND_MS } from '../../core/instant.ts'
import type { VenueSource } from '../source.ts'
import { needWire } from '../wire/readWire.ts'
import { fetchPositions } from './fetchPositions.ts'
import { history } from './history.ts'
import { info } from './info.ts'
import { fetchListing } from './listing.ts'
import { feeds, polls } from './live.ts'
import * as wire from './wire.ts'

/** Hyperliquid: the perpetuals of the first dex. See QUIRKS.md. */
export const hyperliquid: VenueSource = {
  venue: 'hyperliquid',
  addresses: {
    rest: 'https://api.hyperliquid.xyz',
    socket: 'wss://api.hyperliquid.xyz',
  },
  // 1200 a minute, counted by sixths: no answer tells what is used, and a full bucket plus its refill must stay below it.
  budgets: { info: { limit: 200, windowMs: 10 * SECOND_MS } },
  fetchTime: async (io) => {
    const json = await io.ask(info({ type: 'exchangeStatus' }, 2))
    return instant(needWire(wire.exchangeStatus, json, 'exchangeStatus').time)
  },
  fetchListing,
  history,
  polls,
  feeds,
  accounts: { market: 'perp', perMinute: 120, fetch: fetchPositions },
}
