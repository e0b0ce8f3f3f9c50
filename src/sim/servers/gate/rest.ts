import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { ok } from '../answers.ts'
import type { Counting } from '../counting.ts'
import type { Answer, Ask } from '../door.ts'
import type { Asked, Settle } from './asked.ts'
import { contractCandles, spotCandles } from './candles.ts'
import { contractStats } from './contractStats.ts'
import { fundingRate, fundingRates } from './funding.ts'
import { liquidationOrders } from './liquidations.ts'
import { contractList, contractOne, currencyPairs } from './listings.ts'
import { KEY_REQUIRED } from './refusals.ts'
import { riskLimitTiers } from './riskTiers.ts'
import { contractTickers, spotTickers } from './tickers.ts'
import { contractTrades, spotTrades } from './trades.ts'
import { SIZE_HEADER, sizeForm } from './written.ts'

type Door = (asked: Asked) => Answer

/** Nothing of the kind is listed in the world. */
const none: Door = () => ok([])

/** Doors by method and path, `{s}` for the settlement. The last group is none that is collected from, but ccxt asks there first. */
const DOORS: Readonly<Record<string, Door>> = {
  'GET /spot/time': ({ market }) => ok({ server_time: market.now() }),
  'GET /spot/currency_pairs': currencyPairs,
  'GET /spot/candlesticks': spotCandles,
  'GET /spot/trades': spotTrades,
  'GET /spot/tickers': spotTickers,
  'GET /futures/{s}/contracts': contractList,
  'GET /futures/{s}/candlesticks': contractCandles,
  'GET /futures/{s}/trades': contractTrades,
  'GET /futures/{s}/tickers': contractTickers,
  'GET /futures/{s}/contract_stats': contractStats,
  'GET /futures/{s}/funding_rate': fundingRate,
  'POST /futures/{s}/funding_rates': fundingRates,
  'GET /futures/{s}/liq_orders': liquidationOrders,
  'GET /futures/{s}/risk_limit_tiers': riskLimitTiers,
  'GET /futures/{s}/open_interest': () => KEY_REQUIRED,
  'GET /futures/{s}/liquidates': () => KEY_REQUIRED,
  'GET /spot/currencies': none,
  'GET /margin/currency_pairs': none,
  'GET /delivery/{s}/contracts': none,
  'GET /options/underlyings': none,
}
const ONE_CONTRACT = 'GET /futures/{s}/contracts/{contract}'

const BASE = '/api/v4'

interface Place {
  /** Limits count for each door by itself. */
  readonly door: string
  readonly settle: Settle
  /** Where the path names a contract. */
  readonly contract?: string
}

/** Which door a question is for; undefined where there is none. */
export function placeOf({ method, path }: Pick<Ask, 'method' | 'path'>): Place | undefined {
  if (!path.startsWith(`${BASE}/`)) return undefined
  const [, group, settle, rest] = /^\/(futures|delivery)\/(usdt|btc)\/(.+)$/.exec(path.slice(BASE.length)) ?? []
  if (settle === undefined) return known(`${method} ${path.slice(BASE.length)}`, 'usdt')
  const contract = /^contracts\/([^/]+)$/.exec(rest as string)?.[1]
  if (contract === undefined || group !== 'futures') return known(`${method} /${group}/{s}/${rest}`, settle as Settle)
  return method === 'GET' ? { door: ONE_CONTRACT, settle: settle as Settle, contract } : undefined
}

const known = (door: string, settle: Settle): Place | undefined => (door in DOORS ? { door, settle } : undefined)

/** The venue's answer, if it has a door there. */
export function answer(ask: Ask, market: VenueMarket, counting: Counting): Answer | undefined {
  const place = placeOf(ask)
  if (place === undefined) return undefined
  const { settle, contract, door } = place
  const sizes = sizeForm(ask.header(SIZE_HEADER))
  const asked: Asked = { query: ask.query, body: ask.body, market, settle, sizes, counting }
  return contract === undefined ? DOORS[door]?.(asked) : contractOne(asked, contract)
}
