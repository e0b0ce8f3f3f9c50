import type { SimVenue } from '../market/live/listings.ts'
import type { DumpServer } from './dumps/serveDumps.ts'
import type { SimPublishers } from './servePublishers.ts'
import type { SimClock, SimVenues } from './simVenues.ts'

/** Names under which sources know their addresses: for each whether it is a socket. Every one is the same server here. */
const NAMES: Readonly<Record<SimVenue, Readonly<Record<string, 'http' | 'ws'>>>> = {
  binance: { spot: 'http', perp: 'http', spotSocket: 'ws', perpSocket: 'ws' },
  bybit: { rest: 'http', socket: 'ws' },
  okx: { rest: 'http', socket: 'ws' },
  gate: { rest: 'http', spotSocket: 'ws', perpSocket: 'ws' },
  bitget: { rest: 'http', socket: 'ws' },
  hyperliquid: { rest: 'http', socket: 'ws' },
}

/** Venues that have a site of dumps; one server has both. */
const DUMPED: readonly SimVenue[] = ['binance', 'bybit']

/** Sites beside the venues' own. */
export interface OtherSites {
  readonly dumps?: Pick<DumpServer, 'port'>
  readonly publishers?: Pick<SimPublishers, 'addresses'>
}

/** Where the simulated venues are and how their clock runs, in the form that a collector reads. */
export function addressBookOf(
  { servers }: Pick<SimVenues, 'servers'>,
  clock: SimClock & { readonly began: number },
  { dumps, publishers }: OtherSites = {},
): object {
  const venues = [...servers].map(([venue, { port }]) => {
    const addresses = Object.entries(NAMES[venue]).map(([name, kind]) => [name, `${kind}://127.0.0.1:${port}`])
    const ofDumps = DUMPED.includes(venue) && dumps !== undefined ? { dumps: `http://127.0.0.1:${dumps.port}` } : {}
    return [venue, { ...Object.fromEntries(addresses), ...ofDumps }] as const
  })
  const others = publishers === undefined ? {} : { publishers: publishers.addresses }
  return { simulated: true, venues: Object.fromEntries(venues), ...others, clock }
}
