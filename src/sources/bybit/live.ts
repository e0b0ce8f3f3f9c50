import { MINUTE_MS, SECOND_MS } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { Feed, MapContext, Poll, Reading } from '../source.ts'
import { readWire } from '../wire/readWire.ts'
import { excerptOf } from '../wire/wireFault.ts'
import { ask } from './ask.ts'
import { categoryOf, type Category } from './category.ts'
import { mapCandlePush } from './mapCandles.ts'
import { mapLiquidationPush } from './mapLiquidations.ts'
import { mapContractTickers, mapSpotTickers } from './mapTickers.ts'
import { mapTradePush } from './mapTrades.ts'
import * as wire from './wire.ts'

type FeedSpec = Pick<Feed, 'kinds' | 'lateMs'> & { readonly channels: readonly string[] }

/** Liquidations are pushed every half second, and sending them takes a moment. */
const OF_CONTRACTS: FeedSpec = {
  kinds: ['trade', 'liquidation'],
  lateMs: 700,
  channels: ['publicTrade', 'allLiquidation'],
}

const EVENTS: Readonly<Record<Category, FeedSpec>> = {
  // Trades come at once.
  spot: { kinds: ['trade'], lateMs: 500, channels: ['publicTrade'] },
  linear: OF_CONTRACTS,
  inverse: OF_CONTRACTS,
}

/** Candles have connections of their own, since the message that closes one may come a minute late. */
const CANDLES: FeedSpec = { kinds: ['candle'], lateMs: MINUTE_MS, channels: ['kline.1'] }

const CATEGORIES = ['spot', 'linear', 'inverse'] as const

export const feeds: readonly Feed[] = CATEGORIES.flatMap((category) => [
  feed(category, category, EVENTS[category]),
  feed(`${category}-candles`, category, CANDLES),
])

function feed(id: string, category: Category, { kinds, lateMs, channels }: FeedSpec): Feed {
  const market = category === 'spot' ? 'spot' : 'perp'
  return {
    id,
    market,
    kinds,
    // Of trades the newest are served again, which are soon others.
    toldOnce: kinds.filter((kind) => kind !== 'candle'),
    address: 'socket',
    path: `/v5/public/${category}`,
    covers: (instrument) => categoryOf(instrument) === category,
    topics: ({ instrument }) => channels.map((channel) => `${channel}.${instrument}`),
    sharedTopics: [],
    // The topics of a connection may be 21,000 characters together.
    topicsPerSocket: 300,
    subscribe: requests,
    ping: { everyMs: 20 * SECOND_MS, text: '{"op":"ping"}' },
    lateMs,
    read: (text, context) => read(text, market, context),
  }
}

/**
 * One request for each instrument: one topic that the venue does not know fails the whole request. The id of a request is its
 * topics, since the answer to it names nothing else.
 */
function requests(topics: readonly string[]): readonly string[] {
  const byInstrument = new Map<string, string[]>()
  for (const topic of topics) {
    const instrument = topic.slice(topic.lastIndexOf('.'))
    byInstrument.set(instrument, [...(byInstrument.get(instrument) ?? []), topic])
  }
  return [...byInstrument.values()].map((args) => JSON.stringify({ req_id: args.join(), op: 'subscribe', args }))
}

function read(text: string, market: Instrument['market'], context: MapContext): Reading {
  const json = parsed(text)
  switch (channelOf(json)) {
    case 'publicTrade':
      return { is: 'rows', ...mapTradePush(json, market, context) }
    case 'kline':
      return { is: 'rows', ...mapCandlePush(json, market, context) }
    case 'allLiquidation':
      return { is: 'rows', ...mapLiquidationPush(json, context) }
  }
  const { value } = readWire(wire.reply, json, 'socket')
  return value === undefined ? unknownMessage(text) : readReply(value, text)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function channelOf(json: unknown): string | undefined {
  const topic = (json as { readonly topic?: unknown } | null | undefined)?.topic
  return typeof topic === 'string' ? topic.split('.')[0] : undefined
}

interface Reply {
  readonly success: boolean
  readonly ret_msg: string
  readonly op?: string | undefined
  readonly req_id?: string | undefined
}

function readReply({ success, ret_msg: why, op, req_id: id = '' }: Reply, text: string): Reading {
  if (!success) {
    const topics = topicsIn(id === '' ? (/topic:(.+)$/.exec(why)?.[1] ?? '') : id)
    return { is: 'refused', why, ...(topics.length === 0 ? {} : { topics }) }
  }
  if (op === 'ping') return { is: 'pulse' }
  return op === 'subscribe' ? { is: 'acknowledged', topics: topicsIn(id) } : unknownMessage(text)
}

const topicsIn = (text: string): readonly string[] => (text === '' ? [] : text.split(','))

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

/** One question tells of all instruments of a category. */
export const polls: readonly Poll[] = [
  tickers('spot', ['ticker']),
  tickers('linear', ['ticker', 'openInterest', 'funding']),
  tickers('inverse', ['ticker', 'openInterest', 'funding']),
]

function tickers(category: Category, kinds: Poll['kinds']): Poll {
  const map = category === 'spot' ? mapSpotTickers : mapContractTickers
  return {
    id: `${category} tickers`,
    kinds,
    market: category === 'spot' ? 'spot' : 'perp',
    everyMs: MINUTE_MS,
    covers: (instrument) => categoryOf(instrument) === category,
    fetch: async function* (io, context) {
      yield map(await ask(io, '/v5/market/tickers', { category }), context)
    },
  }
}
