import { MINUTE_MS, SECOND_MS } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { Feed, MapContext, Mapped, Poll, Reading, VenueIo } from '../source.ts'
import { readWire } from '../wire/readWire.ts'
import { excerptOf, type WireFault } from '../wire/wireFault.ts'
import { mapKlineEvent } from './mapCandles.ts'
import { mapPremiumIndex } from './mapFunding.ts'
import { mapForceOrder } from './mapLiquidations.ts'
import { mapOpenInterestNow } from './mapOpenInterest.ts'
import { mapTickers } from './mapTickers.ts'
import { mapAggTradeEvent } from './mapTrades.ts'
import { refusalOf } from './refusals.ts'
import * as wire from './wire.ts'

const everything = (): boolean => true

/** Of the liquidations of a second only the last is told, when it is over, and then it is on its way. */
const LATE_MS = { spot: 300, perp: SECOND_MS + 200 } as const

/** Since 2026 futures have a path for market data; on the old one subscriptions are acknowledged and nothing comes. */
export const feeds: readonly Feed[] = [
  feed('spot', 'spotSocket', '/ws', ['aggTrade', 'kline_1m']),
  feed('perp', 'perpSocket', '/market/ws', ['aggTrade', 'kline_1m', 'forceOrder']),
]

function feed(market: 'spot' | 'perp', address: string, path: string, streams: readonly string[]): Feed {
  return {
    id: market,
    market,
    kinds: market === 'spot' ? ['trade', 'candle'] : ['trade', 'candle', 'liquidation'],
    toldOnce: market === 'spot' ? [] : ['liquidation'],
    address,
    path,
    covers: everything,
    topics: ({ instrument }) => streams.map((stream) => `${instrument.toLowerCase()}@${stream}`),
    sharedTopics: [],
    probeTopics: ['btcusdt@aggTrade'],
    topicsPerSocket: 200,
    subscribe: (topics, id) => [JSON.stringify({ method: 'SUBSCRIBE', params: topics, id })],
    lateMs: LATE_MS[market],
    read: (text, context) => read(text, market, context),
  }
}

function read(text: string, market: Instrument['market'], context: MapContext): Reading {
  const json = objectIn(text)
  if (json === undefined) return unreadable(text, 'not a JSON object')
  switch (json['e']) {
    case 'aggTrade':
      return { is: 'rows', ...mapAggTradeEvent(json, market, context) }
    case 'kline':
      return { is: 'rows', ...mapKlineEvent(json, market, context) }
    case 'forceOrder':
      return { is: 'rows', ...mapForceOrder(json, context) }
    default:
      return readControl(json) ?? unreadable(text, 'a message of no known kind')
  }
}

/** Answers to a subscription name no topics, so one holds for the whole request. */
function readControl(json: unknown): Reading | undefined {
  if (wire.acknowledged.safeParse(json).success) return { is: 'acknowledged', topics: 'all' }
  const { value } = readWire(wire.refused, json, '')
  if (value !== undefined) return { is: 'refused', why: `${value.msg} (${value.code})` }
  // The connection ends by itself then, and is opened anew as any other that ends.
  return wire.serverShutdown.safeParse(json).success ? { is: 'pulse' } : undefined
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}

const unreadable = (text: string, why: string): Reading => ({
  is: 'rows',
  rows: [],
  faults: [{ channel: 'socket', what: 'not as documented', path: '', why, raw: excerptOf(text) }],
})

/** Open interest has no channel, so it is asked for; the rest of what is shown comes for all instruments at once. */
export const polls: readonly Poll[] = [
  {
    id: 'open interest',
    kinds: ['openInterest'],
    market: 'perp',
    everyMs: MINUTE_MS,
    covers: everything,
    fetch: async function* (io, _, instruments) {
      for (const is of instruments) yield await openInterestNow(io, is)
    },
  },
  {
    id: 'premium index',
    kinds: ['funding'],
    market: 'perp',
    everyMs: MINUTE_MS,
    covers: everything,
    fetch: async function* (io, context) {
      const json = await io.ask({ address: 'perp', path: '/fapi/v1/premiumIndex', budget: 'perp', weight: 10 })
      yield mapPremiumIndex(json, context)
    },
  },
  tickers('spot', '/api/v3/ticker/24hr', { symbolStatus: 'TRADING' }, 80),
  tickers('perp', '/fapi/v1/ticker/24hr', {}, 40),
]

/** One that is not listed any more costs the others nothing. */
async function openInterestNow(io: VenueIo, is: Instrument): Promise<Mapped> {
  const query = { symbol: is.instrument }
  try {
    const json = await io.ask({ address: 'perp', path: '/fapi/v1/openInterest', query, budget: 'perp', weight: 1 })
    return mapOpenInterestNow(json, is)
  } catch (error) {
    if (refusalOf(error) !== 'no such symbol') throw error
    return { rows: [], faults: [notListed(is)] }
  }
}

const notListed = ({ instrument }: Instrument): WireFault => ({
  channel: 'openInterest',
  what: 'unknown instrument',
  path: 'symbol',
  why: `"${instrument}" is not listed any more`,
  raw: '',
})

function tickers(market: 'spot' | 'perp', path: string, query: Readonly<Record<string, string>>, weight: number): Poll {
  return {
    id: `${market} tickers`,
    kinds: ['ticker'],
    market,
    everyMs: MINUTE_MS,
    covers: everything,
    fetch: async function* (io, context) {
      yield mapTickers(await io.ask({ address: market, path, query, budget: market, weight }), market, context)
    },
  }
}
