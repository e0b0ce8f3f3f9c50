import type { World } from '../market/live/world.ts'
import type { SimVenue } from '../market/live/listings.ts'
import { binance } from './binance/binance.ts'
import { bybit } from './bybit/bybit.ts'
import { okx } from './okx/okx.ts'
import { gate } from './gate/gate.ts'
import { bitget } from './bitget/bitget.ts'
import { hyperliquid } from './hyperliquid/hyperliquid.ts'
import type { VenueDoors } from './door.ts'
import { serveVenue, type VenueServer } from './venueServer.ts'

/** The doors of every venue that is simulated. */
export const DOORS: Readonly<Record<SimVenue, VenueDoors>> = { binance, bybit, okx, gate, bitget, hyperliquid }

/** How the market's clock runs: `speed` of its milliseconds in one of the machine's, from `startAt` on. */
export interface SimClock {
  readonly startAt: number
  readonly speed: number
}

/** Simulated venues that run. */
export interface SimVenues {
  readonly world: World
  readonly servers: ReadonlyMap<SimVenue, VenueServer>
  /** The market's time now. */
  now(): number
  /** Nothing happens any more; the venues go on answering. */
  freeze(): void
  close(): Promise<void>
}

/** How often the market is moved on, ms of the machine's clock. */
const BEAT_MS = 50
/** How often things go out by the clock, ms of the market's, but never more often than every beat. */
const TICK_MS = 1_000

/**
 * Serves a world on loopback, its clock going on from `startAt`.
 * @param ports - port per venue; a free one where none is named
 * @param doorsOf - doors per venue; a venue without is not served
 */
export async function startSimVenues(
  world: World,
  clock: SimClock,
  ports: Partial<Readonly<Record<SimVenue, number>>> = {},
  doorsOf: Partial<Readonly<Record<SimVenue, VenueDoors>>> = DOORS,
): Promise<SimVenues> {
  const servers = new Map<SimVenue, VenueServer>()
  for (const [venue, market] of world.venues) {
    const doors = doorsOf[venue]
    if (doors !== undefined) servers.set(venue, await serveVenue(doors, market, ports[venue] ?? 0))
  }
  const began = performance.now()
  const now = (): number => Math.floor(clock.startAt + (performance.now() - began) * clock.speed)
  let ticked = now()
  const beat = setInterval(() => {
    const at = now()
    world.advanceTo(at)
    if (at - ticked < TICK_MS) return
    ticked = at
    for (const server of servers.values()) server.tick()
  }, BEAT_MS)
  return {
    world,
    servers,
    now,
    freeze: () => clearInterval(beat),
    close: async () => {
      clearInterval(beat)
      await Promise.all([...servers.values()].map((server) => server.close()))
    },
  }
}
