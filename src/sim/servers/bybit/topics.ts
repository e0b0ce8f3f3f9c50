import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { listedAs, type Category } from './category.ts'
import { INTERVALS, type Interval } from './intervals.ts'

/** What one topic asks for. */
export interface Topic {
  /** As it was written: `kline.5.BTCUSDT`. */
  readonly name: string
  readonly channel: Channel
  readonly listing: Listing
  /** Of candles. */
  readonly interval?: { readonly name: string; readonly is: Interval }
}

export type Channel = 'publicTrade' | 'kline' | 'tickers' | 'allLiquidation'

/** What a topic asks for on the socket of a category; undefined where nothing there answers to it. */
export function topicOf(name: string, category: Category, market: VenueMarket): Topic | undefined {
  const [channel, ...rest] = name.split('.')
  const listing = listedAs(market, category, rest.at(-1) ?? '')
  if (listing === undefined) return undefined
  switch (channel) {
    case 'publicTrade':
    case 'tickers':
      return rest.length === 1 ? { name, channel, listing } : undefined
    case 'allLiquidation':
      return rest.length === 1 && category !== 'spot' ? { name, channel, listing } : undefined
    case 'kline': {
      const is = INTERVALS[rest[0] ?? '']
      return rest.length === 2 && is !== undefined
        ? { name, channel, listing, interval: { name: rest[0] as string, is } }
        : undefined
    }
    default:
      return undefined
  }
}
