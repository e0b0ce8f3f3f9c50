import { SECOND_MS } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { Feed, MapContext, Reading } from '../source.ts'
import { readWire } from '../wire/readWire.ts'
import { excerptOf } from '../wire/wireFault.ts'
import { familyOf } from './families.ts'
import { mapLiquidationEvent } from './mapLiquidations.ts'
import { mapTradeEvent } from './mapTrades.ts'
import * as wire from './wire.ts'

/** Without this text a connection is closed after two minutes, also while data flows. */
const PING = { everyMs: 30_000, text: 'ping' } as const
/** The venue takes a thousand and advises fewer than fifty. */
const TOPICS_PER_SOCKET = 48
/** A message may be 4096 bytes long; on the newer socket one with 25 topics was seen to be answered by a cut. */
const TOPICS_PER_MESSAGE = 24

/** Trades of the busiest contracts, which are taken from the older socket: here they show that liquidations would come. */
const BEATS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'XRPUSDT', 'DOGEUSDT'].map((instrument) => ({
  instrument,
  topic: `usdt-futures/publicTrade/${instrument}`,
}))

const COMMON = { address: 'socket', covers: () => true, topicsPerSocket: TOPICS_PER_SOCKET, ping: PING } as const

/** Candles are not among them: nothing in their messages says that a bar is closed. */
export const feeds: readonly Feed[] = [trades('spot'), trades('perp'), liquidations()]

function trades(market: 'spot' | 'perp'): Feed {
  const typeOf = (is: Instrument): string => (market === 'spot' ? 'SPOT' : familyOf(is))
  return {
    ...COMMON,
    id: market,
    market,
    kinds: ['trade'],
    toldOnce: [],
    path: '/v2/ws/public',
    topics: (is) => [`${typeOf(is)}/trade/${is.instrument}`],
    sharedTopics: [],
    subscribe,
    lateMs: 1_000,
    read: (text, context) => read(text, market, context),
  }
}

/** One topic brings all contracts of the family. Inverse contracts have other names there and are left out. */
function liquidations(): Feed {
  return {
    ...COMMON,
    id: 'perp-liquidations',
    market: 'perp',
    kinds: ['liquidation'],
    toldOnce: ['liquidation'],
    path: '/v3/ws/public',
    covers: ({ contract }) => contract === 'linear',
    topics: () => [],
    sharedTopics: ['usdt-futures/liquidation'],
    beats: BEATS,
    subscribe,
    // The largest of a second are sent when it is over, and that takes a moment.
    lateMs: SECOND_MS + 100,
    read: (text, context) => read(text, 'perp', context),
  }
}

function subscribe(topics: readonly string[]): readonly string[] {
  const messages: string[] = []
  for (let i = 0; i < topics.length; i += TOPICS_PER_MESSAGE) {
    messages.push(JSON.stringify({ op: 'subscribe', args: topics.slice(i, i + TOPICS_PER_MESSAGE).map(argumentOf) }))
  }
  return messages
}

/** A topic in the words of the sockets; the older ones are in large letters and name an instrument. */
function argumentOf(topic: string): wire.Topic {
  const [instType = '', channel = '', ...name] = topic.split('/')
  const symbol = name.join('/')
  if (instType.toUpperCase() === instType) return { instType, channel, instId: symbol }
  return { instType, topic: channel, ...(symbol === '' ? {} : { symbol }) }
}

const topicOf = (argument: wire.Topic): string =>
  'topic' in argument
    ? [argument.instType, argument.topic, argument.symbol].filter((part) => part !== undefined).join('/')
    : `${argument.instType}/${argument.channel}/${argument.instId}`

function read(text: string, market: Instrument['market'], context: MapContext): Reading {
  if (text === 'pong') return { is: 'pulse' }
  const json = parsed(text)
  if (json?.['action'] !== undefined) {
    const { channel, topic } = (json['arg'] ?? {}) as Readonly<Record<string, unknown>>
    if (channel === 'trade') return { is: 'rows', ...mapTradeEvent(json, market, context) }
    if (topic === 'publicTrade') return beatOf(json)
    if (topic === 'liquidation') return { is: 'rows', ...mapLiquidationEvent(json, context) }
  }
  const acknowledged = readWire(wire.acknowledged, json, '').value
  if (acknowledged !== undefined) return { is: 'acknowledged', topics: [topicOf(acknowledged.arg)] }
  const refused = readWire(wire.refused, json, '').value
  if (refused === undefined) return unknownMessage(text)
  const topics = refused.arg === undefined ? {} : { topics: [topicOf(refused.arg)] }
  return { is: 'refused', why: `${refused.code} ${refused.msg}`, ...topics }
}

/** Undefined where the text is no object of JSON. */
function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}

/** A message says when it was sent; one that does not shows no less that the socket brings what happens. */
function beatOf({ ts }: Readonly<Record<string, unknown>>): Reading {
  return typeof ts === 'number' ? { is: 'beat', sentAt: ts } : { is: 'beat' }
}

function unknownMessage(text: string): Reading {
  const why = 'a message of no known kind'
  return {
    is: 'rows',
    rows: [],
    faults: [{ channel: 'socket', what: 'not as documented', path: '', why, raw: excerptOf(text) }],
  }
}
