import { DAY_MS } from '../../core/instant.ts'
import type { Listing } from '../market/live/listing.ts'
import type { World } from '../market/live/world.ts'

/** A price at an instant, US dollars a coin. */
export interface PriceAt {
  readonly at: number
  readonly price: number
}

/** What publishers see of the world's prices: those of its first venue. */
export interface WorldPrices {
  readonly now: () => number
  readonly assets: readonly string[]
  /** The price now; undefined for what the world does not have. */
  readonly price: (asset: string) => number | undefined
  /** Prices at the end of each bar of a length, a day or an hour, oldest first; those that are over. */
  readonly past: (asset: string, stepMs: number, from: number) => readonly PriceAt[]
}

/** Prices of a world whose first venue lists all its assets. */
export function worldPrices({ venues }: Pick<World, 'venues'>): WorldPrices {
  const [market] = venues.values()
  if (market === undefined) throw new RangeError('a world without venues has no prices')
  const listed = (asset: string): Listing | undefined =>
    market.listings.find((each) => each.asset === asset && each.contract !== 'inverse')
  return {
    now: () => market.now(),
    assets: [...new Set(market.listings.map(({ asset }) => asset))],
    price: (asset) => {
      const listing = listed(asset)
      return listing === undefined ? undefined : market.ticker(listing).last / listing.unitCoins
    },
    past: (asset, stepMs, from) => {
      const listing = listed(asset)
      if (listing === undefined) return []
      const first = Math.max(from - stepMs, market.firstOpen(listing, stepMs))
      return market
        .candles(listing, { stepMs, from: first, to: market.now() })
        .filter(({ at }) => at + stepMs <= market.now())
        .map(({ at, close }) => ({ at: at + stepMs, price: close / listing.unitCoins }))
    },
  }
}

/** 00:00 of every day from the first full day of a world's past to now. */
export const dayStarts = (prices: readonly PriceAt[]): readonly number[] =>
  prices.map(({ at }) => at).filter((at) => at % DAY_MS === 0)
