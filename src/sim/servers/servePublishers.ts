import type { Holdings } from '../market/live/holdings.ts'
import type { VenueMarket } from '../market/live/venueMarket.ts'
import type { World } from '../market/live/world.ts'
import { coingeckoDoors, PER_MINUTE, PREFIX } from './coingecko/coingecko.ts'
import { defillamaDoors } from './defillama/defillama.ts'
import { serveVenue, type VenueServer } from './venueServer.ts'
import { worldPrices } from './worldPrices.ts'

/** Publishers that run on loopback, each with the faults that a venue can have. */
export interface SimPublishers {
  readonly coingecko: VenueServer
  readonly defillama: VenueServer
  /** Their addresses, each with the path under which its doors stand. */
  readonly addresses: Readonly<Record<'coingecko' | 'defillama', string>>
  close(): Promise<void>
}

/**
 * Serves what publishers see of a world: its prices, and who holds how much.
 * @param perMinute - questions that CoinGecko bears a minute
 */
export async function servePublishers(
  world: World,
  holdings: Holdings,
  perMinute = PER_MINUTE,
): Promise<SimPublishers> {
  const prices = worldPrices(world)
  const [market] = world.venues.values()
  const coingecko = await serveVenue(coingeckoDoors(prices, holdings, perMinute), market as VenueMarket)
  const defillama = await serveVenue(defillamaDoors(prices, holdings), market as VenueMarket)
  return {
    coingecko,
    defillama,
    addresses: {
      coingecko: `http://127.0.0.1:${coingecko.port}${PREFIX}`,
      defillama: `http://127.0.0.1:${defillama.port}`,
    },
    close: async () => {
      await Promise.all([coingecko.close(), defillama.close()])
    },
  }
}
