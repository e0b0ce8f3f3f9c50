import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { isInterval } from './candles.ts'
import { addressOf } from './holding.ts'
import { isKnown } from './universe.ts'

/** What can be subscribed to, as acknowledgements echo it. */
export type Topic =
  | { readonly type: 'trades' | 'activeAssetCtx'; readonly coin: string }
  | { readonly type: 'candle'; readonly coin: string; readonly interval: string }
  | { readonly type: 'allMids' | 'allDexsAssetCtxs' | 'fastAssetCtxs' }
  | { readonly type: 'userFills' | 'clearinghouseState'; readonly user: string }

/** The topic that a subscription names; a coin that is in no list is no topic, and worse than one that cannot be read. */
export function topicOf(subscription: unknown, market: VenueMarket): Topic | 'unreadable' | 'unknown coin' {
  if (typeof subscription !== 'object' || subscription === null) return 'unreadable'
  const { type, coin, interval, user, dex = '' } = subscription as Readonly<Record<string, unknown>>
  switch (type) {
    case 'trades':
    case 'activeAssetCtx':
      if (typeof coin !== 'string') return 'unreadable'
      return isKnown(market, coin) ? { type, coin } : 'unknown coin'
    case 'candle':
      if (typeof coin !== 'string' || !isInterval(interval)) return 'unreadable'
      return isKnown(market, coin) ? { type, coin, interval } : 'unknown coin'
    case 'allMids':
      return dex === '' ? { type } : 'unreadable'
    case 'allDexsAssetCtxs':
    case 'fastAssetCtxs':
      return { type }
    case 'userFills':
    case 'clearinghouseState': {
      const address = addressOf(user)
      return address === undefined || dex !== '' ? 'unreadable' : { type, user: address }
    }
    default:
      return 'unreadable'
  }
}
