import { HOUR_MS } from '../../src/core/instant.ts'
import { WORLD_ASSETS } from '../../src/sim/market/live/assets.ts'
import type { SimVenue } from '../../src/sim/market/live/listings.ts'
import type { VenueMarket } from '../../src/sim/market/live/venueMarket.ts'
import { newWorld, type World } from '../../src/sim/market/live/world.ts'
import { dumpSite, linesOf, type DumpAnswer } from '../../src/sim/servers/dumps/dumpSite.ts'

export interface DumpWorldOptions {
  /** First instant and last instant of the simulation, ISO. */
  readonly from: string
  readonly to: string
  readonly assets?: readonly string[]
  readonly venues?: readonly SimVenue[]
  /** Trades a second of the busiest instrument. */
  readonly rate?: number
}

/** A world at rest with some days behind it, and the dump site that it would have by now. */
export interface DumpWorld {
  readonly world: World
  readonly now: number
  readonly market: (venue: SimVenue) => VenueMarket
  readonly site: (path: string) => DumpAnswer
}

export function dumpWorld(options: DumpWorldOptions): DumpWorld {
  const { from, to, assets = ['BTC'], venues = ['binance', 'bybit'], rate = 0.02 } = options
  const [startAt, now] = [Date.parse(from), Date.parse(to)]
  const known = WORLD_ASSETS.filter(({ asset }) => assets.includes(asset))
  const world = newWorld({ seed: 'dumps', assets: known, venues, startAt, rate, pastHours: 24 })
  // In steps, as a clock would: markets end every hour together.
  for (let at = startAt; at < now; at += HOUR_MS) world.advanceTo(Math.min(now, at + HOUR_MS))
  const market = (venue: SimVenue): VenueMarket => world.venues.get(venue) as VenueMarket
  return { world, now, market, site: dumpSite(linesOf(world)) }
}
