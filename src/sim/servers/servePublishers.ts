import type { Decree } from '../market/live/decrees.ts'
import type { Holdings } from '../market/live/holdings.ts'
import type { Macro } from '../market/live/macro.ts'
import type { VenueMarket } from '../market/live/venueMarket.ts'
import type { World } from '../market/live/world.ts'
import { alternativemeDoors } from './alternativeme/alternativeme.ts'
import { cmeDoors } from './cme/cme.ts'
import { coingeckoDoors, PER_MINUTE, PREFIX } from './coingecko/coingecko.ts'
import { defillamaDoors } from './defillama/defillama.ts'
import type { VenueDoors } from './door.ts'
import { federalregisterDoors } from './federalregister/federalregister.ts'
import { fredDoors } from './fred/fred.ts'
import { nyfedDoors } from './nyfed/nyfed.ts'
import { serveVenue, type VenueServer } from './venueServer.ts'
import { worldPrices } from './worldPrices.ts'

const NAMES = ['coingecko', 'defillama', 'nyfed', 'alternativeme', 'fred', 'federalregister', 'cme'] as const
type Name = (typeof NAMES)[number]

/** Paths under which doors stand, where they do not stand at the root. */
const PREFIXES: Readonly<Partial<Record<Name, string>>> = { coingecko: PREFIX }

/** Publishers that run on loopback, each with the faults that a venue can have. */
export type SimPublishers = Readonly<Record<Name, VenueServer>> & {
  /** Their addresses, each with the path under which its doors stand. */
  readonly addresses: Readonly<Record<Name, string>>
  close(): Promise<void>
}

/** What publishers see of a world: its prices, who holds how much, and what happens around it. */
export interface PublishedTruth {
  readonly world: World
  readonly holdings: Holdings
  readonly macro: Macro
  readonly decrees: readonly Decree[]
}

/**
 * Serves what publishers see of a world.
 * @param perMinute - questions that CoinGecko bears a minute
 */
export async function servePublishers(truth: PublishedTruth, perMinute = PER_MINUTE): Promise<SimPublishers> {
  const { world, holdings, macro, decrees } = truth
  const prices = worldPrices(world)
  const [market] = world.venues.values()
  const doors: Readonly<Record<Name, VenueDoors>> = {
    coingecko: coingeckoDoors({ prices, holdings, macro }, perMinute),
    defillama: defillamaDoors(prices, holdings),
    nyfed: nyfedDoors(macro, prices.now),
    alternativeme: alternativemeDoors(macro, prices.now),
    fred: fredDoors(macro, prices.now),
    federalregister: federalregisterDoors(decrees, prices.now),
    cme: cmeDoors(macro, prices.now),
  }
  const serving = NAMES.map(async (name) => [name, await serveVenue(doors[name], market as VenueMarket)] as const)
  const servers = Object.fromEntries(await Promise.all(serving)) as Record<Name, VenueServer>
  const addresses = NAMES.map(
    (name) => [name, `http://127.0.0.1:${servers[name].port}${PREFIXES[name] ?? ''}`] as const,
  )
  return {
    ...servers,
    addresses: Object.fromEntries(addresses) as Record<Name, string>,
    close: async () => {
      await Promise.all(NAMES.map((name) => servers[name].close()))
    },
  }
}
