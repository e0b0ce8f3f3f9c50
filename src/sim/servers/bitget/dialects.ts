import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Counting } from '../counting.ts'
import { CHANNEL_BARS, type Bar } from './bars.ts'
import { find, PRODUCT_TYPES } from './families.ts'
import {
  candleTopic,
  liquidationTopic,
  publicTradeTopic,
  SILENT,
  tickerTopic,
  tradeTopic,
  type Push,
  type Topic,
} from './topics.ts'

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
  readonly counting: Counting
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

/** The name is looked at first: one that is nowhere is not there, a channel that is none is a bad parameter. */
function openChannel(arg: Arg, around: Surroundings, push: Push): Topic | SocketRefusal {
  const [family, channel, symbol] = [text(arg, 'instType'), text(arg, 'channel'), text(arg, 'instId')]
  const { market } = around
  if (![...FAMILIES, ...PRODUCT_TYPES].includes(family) || !isListed(market, symbol)) {
    return { code: 30001, msg: `instType:${family},channel:${channel},instId:${symbol},precision:null doesn't exist` }
  }
  const bar = channel.startsWith('candle') ? barOf(channel.slice('candle'.length)) : undefined
  if (!['trade', 'ticker'].includes(channel) && bar === undefined) return PARAM_ERROR
  const listing = find(market, family, symbol)
  if (listing === undefined) return SILENT
  if (bar !== undefined) return candleTopic(listing, market, bar, push)
  return channel === 'trade' ? tradeTopic(listing, market, push) : tickerTopic(listing, market, { ...around, push })
}

/** The third: `topic`, names of families written small, a `connId`; errors name their argument in their text. */
export const V3: Dialect = {
  open: openTopic,
  event: (event, arg, connId) => ({ event, arg, connId }),
  error: ({ code, msg }, _, connId) => ({ event: 'error', code, msg, connId }),
  mostArgs: 24,
}

function openTopic(arg: Arg, { market }: Surroundings, push: Push): Topic | SocketRefusal {
  const [family, symbol] = [text(arg, 'instType'), text(arg, 'symbol')]
  const isKnown = family === 'spot' || PRODUCT_TYPES.some((each) => each.toLowerCase() === family)
  if (!isKnown || (symbol !== '' && !isListed(market, symbol))) {
    return { code: 30001, msg: `${JSON.stringify(arg, Object.keys(arg).toSorted())} doesn't exist` }
  }
  const topic = text(arg, 'topic')
  if (topic === 'publicTrade' && symbol !== '') {
    const listing = find(market, family.toUpperCase(), symbol)
    return listing === undefined ? SILENT : publicTradeTopic(listing, market, push)
  }
  if (topic !== 'liquidation') return PARAM_ERROR
  return family === 'usdt-futures' ? liquidationTopic(push) : SILENT
}

/** Families that have listings. */
const FAMILIES = ['SPOT', 'USDT-FUTURES']

const isListed = (market: VenueMarket, symbol: string): boolean =>
  FAMILIES.some((family) => find(market, family, symbol) !== undefined)

const barOf = (name: string): Bar | undefined => (Object.hasOwn(CHANNEL_BARS, name) ? CHANNEL_BARS[name] : undefined)
