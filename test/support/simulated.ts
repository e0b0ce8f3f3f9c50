import { afterAll } from 'vitest'
import { HOUR_MS } from '../../src/core/instant.ts'
import { WORLD_ASSETS, type WorldAsset } from '../../src/sim/market/live/assets.ts'
import type { SimVenue } from '../../src/sim/market/live/listings.ts'
import { newWorld, type World } from '../../src/sim/market/live/world.ts'
import type { VenueDoors } from '../../src/sim/servers/door.ts'
import { DOORS, startSimVenues, type SimVenues } from '../../src/sim/servers/simVenues.ts'

export interface SimulatedOptions {
  readonly venues?: readonly SimVenue[]
  readonly assets?: number
  /** Assets beside those. */
  readonly extra?: readonly WorldAsset[]
  readonly rate?: number
  readonly seed?: string
  readonly pastHours?: number
  /** Minutes that have passed in the world before it is served; the clock then goes on from there. */
  readonly minutesBefore?: number
  readonly speed?: number
  /** Doors to serve instead of the usual ones. */
  readonly doors?: Partial<Readonly<Record<SimVenue, VenueDoors>>>
}

/** When a world stands that no client with a clock of its own looks at: always the same, and within an hour. */
const STANDS_AT = Date.UTC(2026, 8, 15, 10, 20, 30, 250)

/** A world at an instant. */
export function simulatedWorld(
  options: SimulatedOptions = {},
  now = STANDS_AT,
): { readonly world: World; readonly now: number } {
  const { venues, assets = 3, extra = [], rate = 5, seed = 'test', pastHours = 48, minutesBefore = 20 } = options
  const startAt = Math.floor((now - minutesBefore * 60_000) / HOUR_MS) * HOUR_MS
  const spec = { seed, assets: [...WORLD_ASSETS.slice(0, assets), ...extra], startAt, rate, pastHours }
  const world = newWorld({ ...spec, ...(venues === undefined ? {} : { venues }) })
  world.advanceTo(now)
  return { world, now }
}

/** Simulated venues by this machine's clock, closed after the tests of the file. */
export async function simulated(options: SimulatedOptions = {}): Promise<SimVenues> {
  const { world, now } = simulatedWorld(options, Date.now())
  const venues = await startSimVenues(
    world,
    { startAt: now, speed: options.speed ?? 1 },
    {},
    { ...DOORS, ...options.doors },
  )
  afterAll(() => venues.close())
  return venues
}
