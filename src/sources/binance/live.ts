import { MINUTE_MS } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { Feed, MapContext, Poll, Reading } from '../source.ts'
import { readWire } from '../wire/readWire.ts'
import { excerptOf } from '../wire/wireFault.ts'
import {
  mapAggTradeEvent,
  mapForceOrder,
  mapKlineEvent,
  mapOpenInterestNow,
  mapPremiumIndex,
  mapTickers,
} from './map.ts'
import * as wire from './wire.ts'

const everything = (): boolean => true

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
    address,
    path,
    covers: everything,
    topics: ({ instrument }) => streams.map((stream) => `${instrument.toLowerCase()}@${stream}`),
    sharedTopics: [],
    topicsPerSocket: 200,
    subscribe: (topics, id) => [JSON.stringify({ method: 'SUBSCRIBE', params: topics, id })],
    lateMs: 300,
    read: (text, context) => read(text, market, context),
  }
}

function read(text: string, market: Instrument['market'], context: MapContext): Reading {
  const json = JSON.parse(text) as Readonly<Record<string, unknown>>
  switch (json['e']) {
    case 'aggTrade':
      return { is: 'rows', ...mapAggTradeEvent(json, market, context) }
    case 'kline':
      return { is: 'rows', ...mapKlineEvent(json, market, context) }
    case 'forceOrder':
      return { is: 'rows', ...mapForceOrder(json, context) }
  }
  if (readWire(wire.acknowledged, json, '').value !== undefined) return { is: 'acknowledged', topics: 'all' }
  const { value } = readWire(wire.refused, json, '')
  if (value !== undefined) return { is: 'refused', why: `${value.error.code} ${value.error.msg}` }
  return unknownMessage(text)
}

const unknownMessage = (text: string): Reading => ({
  is: 'rows',
  rows: [],
  faults: [
    {
      channel: 'socket',
      what: 'not as documented',
      path: '',
      why: 'a message of no known kind',
      raw: excerptOf(text),
    },
  ],
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
      for (const is of instruments) {
        const query = { symbol: is.instrument }
        yield mapOpenInterestNow(
          await io.ask({ address: 'perp', path: '/fapi/v1/openInterest', query, budget: 'perp', weight: 1 }),
          is,
        )
      }
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
  tickers('spot', '/api/v3/ticker/24hr', 80),
  tickers('perp', '/fapi/v1/ticker/24hr', 40),
]

function tickers(market: 'spot' | 'perp', path: string, weight: number): Poll {
  return {
    id: `${market} tickers`,
    kinds: ['ticker'],
    market,
    everyMs: MINUTE_MS,
    covers: everything,
    fetch: async function* (io, context) {
      yield mapTickers(await io.ask({ address: market, path, budget: market, weight }), market, context)
    },
  }
}
