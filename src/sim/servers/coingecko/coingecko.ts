import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/instant.ts'
import type { Holdings } from '../../market/live/holdings.ts'
import type { Macro } from '../../market/live/macro.ts'
import { numberOf, ok } from '../answers.ts'
import type { Answer, Ask, RateRule, VenueDoors } from '../door.ts'
import type { WorldPrices } from '../worldPrices.ts'
import type { Coin } from './coin.ts'
import { goldToken } from './goldTokens.ts'
import { ASSET_OF_ID } from './ids.ts'

/** Where its doors stand behind its host. */
export const PREFIX = '/api/v3'
const MOST_DAYS = 365
/** The point of 00:00 is there from 00:10 on. */
const PUBLISHED_MS = 10 * MINUTE_MS

/** As many questions a minute as it is ever said to bear without a key. */
export const PER_MINUTE = 15

/** CoinGecko over a world, by the documentation of its open interface. */
export const coingeckoDoors = (seen: Seen, perMinute = PER_MINUTE): VenueDoors => ({
  venue: 'coingecko',
  rate: { ...RATE, allow: () => ({ limit: perMinute, windowMs: MINUTE_MS }) },
  answer: (ask) => answer(ask, seen),
  notFound: { status: 404, body: { error: 'Incorrect path. Please check https://www.coingecko.com/api/' } },
  tradeId: () => '',
  connect: () => undefined,
})

/** What it sees: what is traded, who holds it, and gold. */
export interface Seen {
  readonly prices: WorldPrices
  readonly holdings: Holdings
  readonly macro: Macro
}

function answer({ path, query }: Ask, seen: Seen): Answer | undefined {
  if (path === `${PREFIX}/ping`) return ok({ gecko_says: '(V3) To the Moon!' })
  if (path === `${PREFIX}/coins/markets`) return ok(markets(query, seen))
  const [, id] = /^\/api\/v3\/coins\/([^/]+)\/market_chart$/.exec(path) ?? []
  return id === undefined ? undefined : chart(decodeURIComponent(id), query, seen)
}

/** Of the coins that are named those that there are, the largest first. */
function markets(query: URLSearchParams, seen: Seen): readonly unknown[] {
  const perPage = Math.min(250, numberOf(query, 'per_page', 100))
  return (query.get('ids') ?? '')
    .split(',')
    .flatMap((id) => coinOf(id, seen) ?? [])
    .map((coin) => market(coin, seen.prices.now()))
    .toSorted((a, b) => b.market_cap - a.market_cap)
    .slice(0, perPage)
    .map((coin, i) => ({ ...coin, market_cap_rank: i + 1 }))
}

function coinOf(id: string, { prices, holdings, macro }: Seen): Coin | undefined {
  const asset = ASSET_OF_ID.get(id)
  const price = asset === undefined ? undefined : prices.price(asset)
  if (asset === undefined || price === undefined) return goldToken(id, macro, prices.now())
  const past: Coin['past'] = (stepMs, from) => prices.past(asset, stepMs, from)
  return { id, asset, name: asset, price, past, supply: (at) => holdings.supply(asset, at) }
}

function market({ id, asset, name, price, past, supply: supplyAt }: Coin, now: number) {
  const before = past(HOUR_MS, now - DAY_MS)
  const closes = [...before.map((each) => each.price), price]
  const [high, low, first] = [Math.max(...closes), Math.min(...closes), closes[0] ?? price]
  const supply = supplyAt(now)
  const cap = Math.round(supply * price)
  return {
    id,
    symbol: asset.toLowerCase(),
    name,
    image: `https://assets.coingecko.com/coins/images/1/large/${id}.png`,
    current_price: price,
    market_cap: cap,
    market_cap_rank: 1,
    fully_diluted_valuation: cap,
    total_volume: Math.round(cap / 50),
    high_24h: high,
    low_24h: low,
    price_change_24h: price - first,
    price_change_percentage_24h: 100 * (price / first - 1),
    market_cap_change_24h: supply * (price - first),
    market_cap_change_percentage_24h: 100 * (price / first - 1),
    circulating_supply: supply,
    total_supply: supply,
    max_supply: supply,
    ath: high,
    ath_change_percentage: 100 * (price / high - 1),
    ath_date: new Date(now).toISOString(),
    atl: low,
    atl_change_percentage: 100 * (price / low - 1),
    atl_date: new Date(now).toISOString(),
    roi: null,
    last_updated: new Date(now).toISOString(),
  }
}

function chart(id: string, query: URLSearchParams, seen: Seen): Answer {
  const coin = coinOf(id, seen)
  if (coin === undefined) return { status: 404, body: { error: 'coin not found' } }
  const days = query.get('days') === 'max' ? Infinity : numberOf(query, 'days', 1)
  const now = seen.prices.now()
  if (!(days <= MOST_DAYS)) return tooFarBack(now)
  const stepMs = query.get('interval') === 'daily' || days > 90 ? DAY_MS : HOUR_MS
  const points = [
    ...coin.past(stepMs, now - days * DAY_MS).filter(({ at }) => stepMs < DAY_MS || at + PUBLISHED_MS <= now),
    { at: now, price: coin.price },
  ]
  const cap = (each: (typeof points)[number]): number => coin.supply(each.at) * each.price
  return ok({
    prices: points.map((each) => [each.at, each.price]),
    market_caps: points.map((each) => [each.at, cap(each)]),
    total_volumes: points.map((each) => [each.at, cap(each) / 50]),
  })
}

const tooFarBack = (now: number): Answer => ({
  status: 401,
  body: {
    error: {
      status: {
        timestamp: new Date(now).toISOString(),
        error_code: 10012,
        error_message:
          'Your request exceeds the allowed time range. Public API users are limited to querying historical data within the past 365 days. Upgrade to a paid plan to enjoy full historical data access: https://www.coingecko.com/en/api/pricing. ',
      },
    },
  },
})

/** No answer from here can be taken for a real one. */
const RATE: Omit<RateRule, 'allow'> = {
  weigh: () => ({ counter: 'address', weight: 1 }),
  headers: () => ({ 'x-simulated': 'yes' }),
  refuse: (waitMs) => ({
    status: 429,
    headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) },
    body: {
      status: {
        error_code: 429,
        error_message:
          "You've exceeded the Rate Limit. Please visit https://www.coingecko.com/en/api/pricing to subscribe to our API plans for higher rate limits.",
      },
    },
  }),
}
