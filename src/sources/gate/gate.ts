import { instant } from '../../core/instant.ts'
import type { VenueSource } from '../source.ts'
import { needWire } from '../wire/readWire.ts'
import { askSpot, budgets } from './doors.ts'
import { history } from './history.ts'
import { fetchListing } from './listing.ts'
import { feeds } from './live.ts'
import { polls } from './polls.ts'
import * as wire from './wire.ts'

/** Gate: spot, perpetuals margined in USDT, and the inverse one margined in BTC. See QUIRKS.md. */
export const gate: VenueSource = {
  venue: 'gate',
  addresses: {
    rest: 'https://api.gateio.ws',
    spotSocket: 'wss://api.gateio.ws',
    perpSocket: 'wss://fx-ws.gateio.ws',
  },
  budgets,
  // Without it sizes are cut to whole contracts.
  headers: { 'x-gate-size-decimal': '1' },
  fetchTime: async (io) => instant(needWire(wire.time, await askSpot(io, 'time'), 'time').server_time),
  fetchListing,
  history,
  polls,
  feeds,
}
