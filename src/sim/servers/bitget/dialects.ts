import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { CHANNEL_BARS } from './bars.ts'
import { find, PRODUCT_TYPES } from './families.ts'
import type { Sides } from './openInterest.ts'
import { candleTopic, liquidationTopic, SILENT, tickerTopic, tradeTopic, type Push, type Topic } from './topics.ts'

/** What a client asks to subscribe to. */
export type Arg = Readonly<Record<string, unknown>>

/** An error of a socket; its code is a number, while REST writes text. */
export interface SocketRefusal {
  readonly code: number
  readonly msg: string
}

/** What topics are made of. */
export interface Surroundings {
  readonly market: VenueMarket
  readonly sides: Sides
  readonly clock: () => number
}

/** How one generation of the socket speaks. */
export interface Dialect {
  /** The topic of an argument, or why there is none. */
  readonly open: (arg: Arg, around: Surroundings, push: Push) => Topic | SocketRefusal
  readonly event: (name: string, arg: Arg, connId: string) => object
  readonly error: (
    refused: SocketRefusal,
    asked: { readonly arg?: Arg; readonly op?: unknown },
    connId: string,
  ) => object
  /** A message with so many arguments is cut off. */
  readonly mostArgs: number
}

const PARAM_ERROR: SocketRefusal = { code: 30016, msg: 'Param error' }

const text = (arg: Arg, key: string): string => String(arg[key] ?? '')

/** The second generation: `channel` and `instId`; errors name their argument. */
export const V2: Dialect = {
  open: openChannel,
  event: (event, arg) => ({ event, arg }),
  error: ({ code, msg }, { arg, op }) => ({ event: 'error', ...(arg === undefined ? {} : { arg, op }), code, msg }),
  mostArgs: Infinity,
}

function openChannel(arg: Arg, around: Surroundings, push: Push): Topic | SocketRefusal {
  const [family, channel, symbol] = [text(arg, 'instType'), text(arg, 'channel'), text(arg, 'instId')]
  const { market } = around
  const isKnown = ['SPOT', ...PRODUCT_TYPES].includes(family)
  const isListed = ['SPOT', 'USDT-FUTURES'].some((each) => find(market, each, symbol) !== undefined)
  const bar = channel.startsWith('candle') ? CHANNEL_BARS[channel.slice('candle'.length)] : undefined
  if (!['trade', 'ticker'].includes(channel) && bar === undefined) return PARAM_ERROR
  if (!isKnown || !isListed) {
    return {
      code: 30001,
      msg: `instType:${family},channel:${channel},instId:${symbol},precision:null doesn't exist`,
    }
  }
  const listing = find(market, family, symbol)
  if (listing === undefined) return SILENT
  if (bar !== undefined) return candleTopic(listing, market, bar, push)
  return channel === 'trade' ? tradeTopic(listing, market, push) : tickerTopic(listing, market, { ...around, push })
}

/** The third: `topic`, names of families written small, a `connId`; errors name their argument in their text. */
export const V3: Dialect = {
  open: (arg, _, push) => {
    const family = text(arg, 'instType')
    if (text(arg, 'topic') !== 'liquidation') return PARAM_ERROR
    if (family === 'usdt-futures') return liquidationTopic(push)
    const isKnown = PRODUCT_TYPES.some((each) => each.toLowerCase() === family)
    return isKnown ? SILENT : { code: 30001, msg: `${JSON.stringify(arg)} doesn't exist` }
  },
  event: (event, arg, connId) => ({ event, arg, connId }),
  error: ({ code, msg }, _, connId) => ({ event: 'error', code, msg, connId }),
  mostArgs: 24,
}
