import type { Counting } from '../counting.ts'
import type { Ask, VenueDoors } from '../door.ts'
import { aggregateId } from './ids.ts'
import { DOORS } from './rest.ts'
import { connect } from './socket.ts'

/**
 * Binance, spot and USD-M futures, as its documents describe it.
 * @param counting - of open interest; the venue does not say
 */
export const binanceDoors = (counting: Counting): VenueDoors => ({
  venue: 'binance',
  rate: {
    weigh: (ask) => ({ counter: counterOf(ask), weight: weightOf(ask) }),
    allow: (counter) => LIMITS[counter as keyof typeof LIMITS],
    headers: (used, counter) =>
      counter === 'spot' || counter === 'perp' ? { 'x-mbx-used-weight-1m': String(used) } : {},
    refuse: (waitMs, counter) => ({
      status: 429,
      headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) },
      body: {
        code: -1003,
        msg: `Too much request weight used; current limit is ${saidOf(LIMITS[counter as keyof typeof LIMITS])}. Please use WebSocket Streams for live updates to avoid polling the API.`,
      },
    }),
  },
  answer: (ask, market) => DOORS[ask.path]?.(ask, market, counting),
  notFound: { status: 404, body: '<html><body>404 Not Found</body></html>' },
  tradeId: (listing, trade) => String(aggregateId(listing, trade)),
  connect,
})

export const binance: VenueDoors = binanceDoors('one side')

const LIMITS = {
  spot: { limit: 6000, windowMs: 60_000 },
  perp: { limit: 2400, windowMs: 60_000 },
  statistics: { limit: 1000, windowMs: 300_000 },
  funding: { limit: 500, windowMs: 300_000 },
} as const

const saidOf = ({ limit, windowMs }: { readonly limit: number; readonly windowMs: number }): string =>
  `${limit} request weight per ${windowMs / 60_000} MINUTE`

function counterOf({ path }: Ask): keyof typeof LIMITS {
  if (path.startsWith('/futures/data/')) return 'statistics'
  if (path === '/fapi/v1/fundingRate' || path === '/fapi/v1/fundingInfo') return 'funding'
  return path.startsWith('/api/') ? 'spot' : 'perp'
}

function weightOf({ path, query }: Ask): number {
  const limit = Number(query.get('limit') ?? 500)
  switch (path) {
    case '/api/v3/klines':
      return 2
    case '/fapi/v1/klines':
      return limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1000 ? 5 : 10
    case '/api/v3/aggTrades':
      return 4
    case '/fapi/v1/aggTrades':
      return 20
    case '/api/v3/exchangeInfo':
      return 20
    case '/api/v3/ticker/24hr':
      return query.has('symbol') ? 2 : spotTickerWeight(query.get('symbols'))
    case '/fapi/v1/ticker/24hr':
      return query.has('symbol') ? 1 : 40
    case '/fapi/v1/premiumIndex':
      return query.has('symbol') ? 1 : 10
    default:
      return 1
  }
}

/** By how many symbols are named; the list of them is written with commas. */
function spotTickerWeight(symbols: string | null): number {
  const count = symbols === null ? Infinity : symbols.split(',').length
  return count <= 20 ? 2 : count <= 100 ? 40 : 80
}
