import type { World } from '../market/live/world.ts'
import type { SimVenue } from '../market/live/listings.ts'
import { binanceDoors } from './binance/binance.ts'
import { bybit } from './bybit/bybit.ts'
import { okxDoors } from './okx/okx.ts'
import { gateDoors } from './gate/gate.ts'
import { bitgetDoors } from './bitget/bitget.ts'
import { hyperliquidDoors } from './hyperliquid/hyperliquid.ts'
import type { Counting } from './counting.ts'
import type { VenueDoors } from './door.ts'
import { serveVenue, type VenueServer } from './venueServer.ts'

/**
 * The doors of every venue that is simulated.
 * @param counting - of open interest wherever a venue's documents do not say it: everywhere but on Bybit, and of Gate's contracts now
 */
export const doorsCounting = (counting: Counting): Readonly<Record<SimVenue, VenueDoors>> => ({
  binance: binanceDoors(counting),
  bybit,
  okx: okxDoors(counting),
  gate: gateDoors(counting),
  bitget: bitgetDoors(counting),
  hyperliquid: hyperliquidDoors(counting),
})

/** As they are simulated. */
export const DOORS: Readonly<Record<SimVenue, VenueDoors>> = doorsCounting('one side')

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
/** Steps that a late beat is made up in. */
const STEPS = 20
/** Things go out by the clock when a second of the market's has passed, or with every beat where several pass between two. */
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
    advance(world, at)
    if (Math.floor(at / TICK_MS) === Math.floor(ticked / TICK_MS)) return
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

/** Where this machine was held up, instruments still take turns: none tells much before another what happened later. */
function advance(world: World, at: number): void {
  const from = world.now()
  const step = Math.max(BEAT_MS, (at - from) / STEPS)
  for (let ms = from + step; ms < at; ms += step) world.advanceTo(Math.floor(ms))
  world.advanceTo(at)
}
