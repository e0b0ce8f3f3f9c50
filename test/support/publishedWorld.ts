import { afterAll } from 'vitest'
import { DAY_MS } from '../../src/core/instant.ts'
import { WORLD_ASSETS } from '../../src/sim/market/live/assets.ts'
import { decreesOf, type Decree } from '../../src/sim/market/live/decrees.ts'
import { holdingsOf, type Holdings } from '../../src/sim/market/live/holdings.ts'
import { macroOf, type Macro } from '../../src/sim/market/live/macro.ts'
import { newWorld, type World } from '../../src/sim/market/live/world.ts'
import { servePublishers, type SimPublishers } from '../../src/sim/servers/servePublishers.ts'
import { worldPrices, type WorldPrices } from '../../src/sim/servers/worldPrices.ts'

/** A world at rest, who holds what in it, and its publishers on loopback; they end with the tests of the file. */
export interface PublishedWorld {
  readonly world: World
  readonly holdings: Holdings
  readonly macro: Macro
  readonly decrees: readonly Decree[]
  readonly prices: WorldPrices
  readonly publishers: SimPublishers
  readonly now: number
}

const PAST_DAYS = 80
/** Tests ask more than anybody may. */
const PER_MINUTE = 10_000

/** @param now - ISO, some hours after a midnight */
export async function publishedWorld(now: string, assets: readonly string[]): Promise<PublishedWorld> {
  const end = Date.parse(now)
  const startAt = end - (end % 3_600_000)
  const known = WORLD_ASSETS.filter(({ asset }) => assets.includes(asset))
  const spec = { seed: 'published', assets: known, startAt }
  const world = newWorld({ ...spec, venues: ['binance'], rate: 0.02, pastHours: (PAST_DAYS * DAY_MS) / 3_600_000 })
  world.advanceTo(end)
  const holdings = holdingsOf(spec)
  const macro = macroOf(spec)
  const decrees = decreesOf(spec)
  const publishers = await servePublishers({ world, holdings, macro, decrees }, PER_MINUTE)
  afterAll(() => publishers.close())
  return { world, holdings, macro, decrees, prices: worldPrices(world), publishers, now: end }
}
