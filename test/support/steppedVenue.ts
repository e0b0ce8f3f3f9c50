import type { Listing } from '../../src/sim/market/live/listing.ts'
import type { SimVenue } from '../../src/sim/market/live/listings.ts'
import type { SimTicker, VenueMarket } from '../../src/sim/market/live/venueMarket.ts'
import type { VenueDoors } from '../../src/sim/servers/door.ts'
import { serveVenue, type VenueServer } from '../../src/sim/servers/venueServer.ts'
import { simulatedWorld, type SimulatedOptions } from './simulated.ts'

const MINUTE = 60_000

/** How an instrument stood at one instant; its minute as open, high, low, close and volume behind its time. */
export interface Standing {
  readonly ticker: SimTicker
  readonly mark: number
  readonly minute: readonly number[]
}

/**
 * A venue whose clock stands at what this machine's was until it is started, and that remembers how everything stood after each of its
 * seconds.
 */
export interface SteppedVenue {
  readonly market: VenueMarket
  readonly server: VenueServer
  /** Lets seconds pass, many in one of the machine's, until `stop`. */
  start(): void
  stop(): void
  /** Lets one second pass. */
  step(): void
  /** How an instrument stood after the second that ended at an instant. */
  standing(listing: Listing, at: number): Standing
}

export async function steppedVenue(doors: VenueDoors, options: SimulatedOptions): Promise<SteppedVenue> {
  const { world } = simulatedWorld({ ...options, venues: [doors.venue as SimVenue] }, Date.now())
  const market = world.venues.get(doors.venue as SimVenue) as VenueMarket
  const server = await serveVenue(doors, market)
  const standings = new Map<string, Standing>()
  const key = (listing: Listing, at: number): string => `${listing.market}/${listing.name}/${at}`
  const step = (): void => {
    world.advanceTo(market.now() + 1000)
    for (const listing of market.listings) standings.set(key(listing, market.now()), standingOf(market, listing))
    server.tick()
  }
  let steps: NodeJS.Timeout | undefined
  return {
    market,
    server,
    step,
    start: () => void (steps = setInterval(step, 5)),
    stop: () => clearInterval(steps),
    standing: (listing, at) => {
      const found = standings.get(key(listing, at))
      if (found === undefined) throw new RangeError(`nothing is remembered of ${at}`)
      return found
    },
  }
}

function standingOf(market: VenueMarket, listing: Listing): Standing {
  const at = Math.floor(market.now() / MINUTE) * MINUTE
  const [bar] = market.candles(listing, { stepMs: MINUTE, from: at, to: at + 1 })
  const minute = [at, bar!.open, bar!.high, bar!.low, bar!.close, Number(bar!.units.toFixed(8))]
  return { ticker: market.ticker(listing), mark: market.mark(listing), minute }
}
