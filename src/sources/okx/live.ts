import { MINUTE_MS } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { Beat, Feed, MapContext, Poll, Reading } from '../source.ts'
import { readWire } from '../wire/readWire.ts'
import { excerptOf } from '../wire/wireFault.ts'
import { askOkx } from './askOkx.ts'
import { askFunding } from './listing.ts'
import { mapCandlePush } from './mapCandles.ts'
import { mapFundingExpected } from './mapFunding.ts'
import { mapLiquidationPush } from './mapLiquidations.ts'
import { mapOpenInterest } from './mapOpenInterest.ts'
import { mapTickers } from './mapTickers.ts'
import { mapTradePush } from './mapTrades.ts'
import * as wire from './wire.ts'

const everything = (): boolean => true

/** After 30 s of silence the server closes; it wants a text, not a protocol's ping. */
const PING = { everyMs: 25_000, text: 'ping' } as const

const LIQUIDATIONS = 'liquidation-orders:SWAP'
/** Liquidations are rare. A mark price is told every 10 s at the latest, a ticker with every trade: of the busiest swaps some a second. */
const BEATS = [
  beat('mark-price', 'BTC'),
  ...['BTC', 'ETH', 'SOL', 'XRP', 'DOGE'].map((asset) => beat('tickers', asset)),
]

/** Matches one by one and candles have a path of their own; on the public one they are refused with 64001. */
export const feeds: readonly Feed[] = [
  business('spot'),
  business('perp'),
  {
    ...common('perp', '/ws/v5/public'),
    id: 'perp-liquidations',
    kinds: ['liquidation'],
    toldOnce: ['liquidation'],
    topics: () => [],
    // One subscription covers every swap.
    sharedTopics: [LIQUIDATIONS],
    beats: BEATS,
    atLeastEveryMs: 10_000,
  },
]

function business(market: 'spot' | 'perp'): Feed {
  return {
    ...common(market, '/ws/v5/business'),
    id: market,
    kinds: ['trade', 'candle'],
    toldOnce: [],
    topics: ({ instrument }) => [`trades-all:${instrument}`, `candle1m:${instrument}`],
    sharedTopics: [],
  }
}

function common(
  market: 'spot' | 'perp',
  path: string,
): Omit<Feed, 'id' | 'kinds' | 'toldOnce' | 'topics' | 'sharedTopics'> {
  return {
    market,
    address: 'socket',
    path,
    covers: everything,
    topicsPerSocket: 200,
    subscribe,
    ping: PING,
    lateMs: 500,
    read: (text, context) => read(text, market, context),
  }
}

/** A record says when it was made, which is not after it was sent. */
function beatOf(json: unknown): Reading {
  const [record] = readWire(wire.dated, json, '').value?.data ?? []
  return record === undefined ? { is: 'beat' } : { is: 'beat', sentAt: Number(record.ts) }
}

function beat(channel: string, asset: string): Beat {
  const instrument = `${asset}-USDT-SWAP`
  return { instrument, topic: `${channel}:${instrument}` }
}

/** A topic is a channel and what it is of, parted by a colon. All fit one request, which may be 64 KB long. */
function subscribe(topics: readonly string[], id: number): readonly string[] {
  const args = topics.map((topic) => {
    const [channel, of] = topic.split(':')
    return topic === LIQUIDATIONS ? { channel, instType: of } : { channel, instId: of }
  })
  return [JSON.stringify({ id: String(id), op: 'subscribe', args })]
}

function read(text: string, market: Instrument['market'], context: MapContext): Reading {
  if (text === 'pong') return { is: 'pulse' }
  const json = parse(text)
  switch (channelOf(json)) {
    case 'trades-all':
      return { is: 'rows', ...mapTradePush(json, market, context) }
    case 'candle1m':
      return { is: 'rows', ...mapCandlePush(json, market, context) }
    case 'liquidation-orders':
      return { is: 'rows', ...mapLiquidationPush(json, context) }
    case 'mark-price':
    case 'tickers':
      return beatOf(json)
    default:
      return readControl(json) ?? unknownMessage(text)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Told as a message of no known kind, with its text.
    return undefined
  }
}

/** The channel of a message with data; answers to requests name a channel too, but have an event. */
function channelOf(json: unknown): unknown {
  const { arg, event } = (json ?? {}) as Readonly<Record<string, unknown>>
  return event === undefined ? ((arg ?? {}) as Readonly<Record<string, unknown>>)['channel'] : undefined
}

function readControl(json: unknown): Reading | undefined {
  const acknowledged = readWire(wire.acknowledged, json, '').value
  if (acknowledged !== undefined) {
    const { channel, instId, instType } = acknowledged.arg
    return { is: 'acknowledged', topics: [`${channel}:${instId ?? instType ?? ''}`] }
  }
  const refused = readWire(wire.refused, json, '').value
  if (refused !== undefined) return { is: 'refused', why: `${refused.code} ${refused.msg}` }
  return readWire(wire.said, json, '').value === undefined ? undefined : { is: 'pulse' }
}

const unknownMessage = (text: string): Reading => ({
  is: 'rows',
  rows: [],
  faults: [
    { channel: 'socket', what: 'not as documented', path: '', why: 'a message of no known kind', raw: excerptOf(text) },
  ],
})

/** Everything that is shown comes for all instruments at once. */
export const polls: readonly Poll[] = [
  {
    id: 'open interest',
    kinds: ['openInterest'],
    market: 'perp',
    everyMs: MINUTE_MS,
    covers: everything,
    fetch: async function* (io, context) {
      const query = { instType: 'SWAP' }
      yield mapOpenInterest(
        await askOkx(io, { path: '/api/v5/public/open-interest', query, budget: 'openInterest' }),
        context,
      )
    },
  },
  {
    id: 'expected funding',
    kinds: ['funding'],
    market: 'perp',
    everyMs: MINUTE_MS,
    covers: everything,
    fetch: async function* (io, context) {
      yield mapFundingExpected(await askFunding(io), context)
    },
  },
  tickers('spot', 'SPOT'),
  tickers('perp', 'SWAP'),
]

function tickers(market: 'spot' | 'perp', instType: 'SPOT' | 'SWAP'): Poll {
  return {
    id: `${market} tickers`,
    kinds: ['ticker'],
    market,
    everyMs: MINUTE_MS,
    covers: everything,
    fetch: async function* (io, context) {
      const request = { path: '/api/v5/market/tickers', query: { instType }, budget: 'tickers' }
      yield mapTickers(await askOkx(io, request), market, context)
    },
  }
}
