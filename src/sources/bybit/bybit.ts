import { instant, SECOND_MS } from '../../core/instant.ts'
import type { VenueSource } from '../source.ts'
import { needWire } from '../wire/readWire.ts'
import { ask, refusalOf } from './ask.ts'
import { history } from './history.ts'
import { fetchListing } from './listing.ts'
import { feeds, polls } from './live.ts'
import * as wire from './wire.ts'

/** Bybit: spot, linear and inverse perpetuals. See QUIRKS.md. */
export const bybit: VenueSource = {
  venue: 'bybit',
  addresses: { rest: 'https://api.bybit.com', socket: 'wss://stream.bybit.com' },
  budgets: { rest: { limit: 600, windowMs: 5 * SECOND_MS } },
  refusal: refusalOf,
  fetchTime: async (io) => instant(needWire(wire.clock, await ask(io, '/v5/market/time', {}), 'time').time),
  fetchListing,
  history,
  polls,
  feeds,
}
