import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Listing } from '../../market/live/listing.ts'
import { BARS } from './bars.ts'
import { named } from './names.ts'

/** What a client names in `args`. */
export interface ChannelArg {
  readonly channel: string
  readonly instId?: string
  readonly instType?: string
}

/** What a path serves: on the other one a channel is refused. */
export type Place = 'public' | 'business'

const OF_SWAPS = ['open-interest', 'funding-rate']
const OF_ALL = ['trades', 'tickers', 'mark-price']
const KINDS = ['SWAP', 'FUTURES', 'MARGIN', 'OPTION']

export const CANDLE = 'candle'

/** The path on which a channel is; undefined where there is no such channel. */
export function placeOf(channel: string): Place | undefined {
  if (channel === 'trades-all') return 'business'
  if (channel.startsWith(CANDLE)) return BARS.has(channel.slice(CANDLE.length)) ? 'business' : undefined
  return [...OF_SWAPS, ...OF_ALL, 'liquidation-orders'].includes(channel) ? 'public' : undefined
}

/** The instrument that is asked for, or the kind of instruments; undefined where the channel has no such thing. */
export function subjectOf(arg: ChannelArg, market: VenueMarket): Listing | 'all of a kind' | undefined {
  if (arg.channel === 'liquidation-orders') return KINDS.includes(arg.instType ?? '') ? 'all of a kind' : undefined
  const listing = named(market, arg.instId ?? '')
  return OF_SWAPS.includes(arg.channel) && listing?.market !== 'perp' ? undefined : listing
}
