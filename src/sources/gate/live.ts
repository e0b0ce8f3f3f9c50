import { SECOND_MS, type InstantMs } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { Feed, MapContext, Mapped, Reading } from '../source.ts'
import { readWire } from '../wire/readWire.ts'
import { excerptOf } from '../wire/wireFault.ts'
import { settleOf, type Settle } from './doors.ts'
import { mapLiquidationEvent } from './mapLiquidations.ts'
import { mapPerpTradeEvent, mapSpotTradeEvent } from './mapTrades.ts'
import * as wire from './wire.ts'

const LIQUIDATIONS = 'futures.public_liquidates'

/** No limit is documented; a name that the venue does not know costs its whole message. */
const TOPICS_PER_SOCKET = 200
const NAMES_PER_MESSAGE = 20
const PING_EVERY_MS = 15 * SECOND_MS

/**
 * Trades, and liquidations of all contracts at once beside them: those are silent for long times, and the trades show that the
 * connection lives. Candles are not taken from here, since the message that closes a bar may be missing.
 */
export const feeds: readonly Feed[] = [
  {
    ...common('spot'),
    id: 'spot',
    market: 'spot',
    kinds: ['trade'],
    toldOnce: [],
    address: 'spotSocket',
    path: '/ws/v4/',
    covers: () => true,
    topics: ({ instrument }) => [`spot.trades/${instrument}`],
    sharedTopics: [],
    lateMs: 300,
  },
  perpFeed('usdt'),
  perpFeed('btc'),
]

function perpFeed(settle: Settle): Feed {
  return {
    ...common('futures'),
    id: `perp-${settle}`,
    market: 'perp',
    kinds: ['trade', 'liquidation'],
    toldOnce: [],
    address: 'perpSocket',
    path: `/v4/ws/${settle}`,
    covers: (is: Instrument) => settleOf(is) === settle,
    topics: ({ instrument }) => [`futures.trades/${instrument}`],
    sharedTopics: [`${LIQUIDATIONS}/!all`],
    // Liquidations are gathered for a second, and their own time is cut to the second.
    lateMs: 2 * SECOND_MS + 300,
  }
}

function common(product: 'spot' | 'futures'): Pick<Feed, 'topicsPerSocket' | 'subscribe' | 'ping' | 'read'> {
  return {
    topicsPerSocket: TOPICS_PER_SOCKET,
    subscribe,
    ping: {
      everyMs: PING_EVERY_MS,
      // Every question must carry a time that is near the venue's.
      text: (now) => JSON.stringify({ time: secondsOf(now), channel: `${product}.ping` }),
    },
    read,
  }
}

const secondsOf = (now: InstantMs): number => Math.floor(now / SECOND_MS)

function subscribe(topics: readonly string[], id: number, now: InstantMs): readonly string[] {
  const messages: string[] = []
  for (const [channel, names] of byChannel(topics)) {
    for (let i = 0; i < names.length; i += NAMES_PER_MESSAGE) {
      const payload = names.slice(i, i + NAMES_PER_MESSAGE)
      const message = { time: secondsOf(now), id: id + messages.length, channel, event: 'subscribe', payload }
      messages.push(JSON.stringify(message))
    }
  }
  return messages
}

function byChannel(topics: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const channels = new Map<string, string[]>()
  for (const topic of topics) {
    const [channel = '', name = ''] = topic.split('/')
    const names = channels.get(channel)
    if (names === undefined) channels.set(channel, [name])
    else names.push(name)
  }
  return channels
}

function read(text: string, context: MapContext): Reading {
  const json = parsed(text)
  const { value: message } = readWire(wire.envelope, json, 'socket')
  if (message === undefined) return readWire(wire.upgrade, json, '').value === undefined ? unknown(text) : PULSE
  const { channel, event, error, payload, result } = message
  const topics = payload?.map((name) => `${channel}/${name}`)
  if (error !== undefined && error !== null) return refused(`${error.code} ${error.message}`, topics)
  if (readWire(wire.failed, result, '').value !== undefined) return refused(`${channel} failed`, topics)
  if (event === 'subscribe') return { is: 'acknowledged', topics: topics ?? 'all' }
  if (QUIET.has(channel)) return PULSE
  const map = event === 'update' ? CHANNELS[channel] : undefined
  return map === undefined ? unknown(text) : { is: 'rows', ...map(result, context) }
}

const CHANNELS: Readonly<Record<string, ((result: unknown, context: MapContext) => Mapped) | undefined>> = {
  'spot.trades': mapSpotTradeEvent,
  'futures.trades': mapPerpTradeEvent,
  [LIQUIDATIONS]: mapLiquidationEvent,
}

/** Notes of the venue that no record comes of: that it lives, and that it will soon close the connection. */
const QUIET: ReadonlySet<string> = new Set(['spot.pong', 'futures.pong', 'futures.system'])
const PULSE: Reading = { is: 'pulse' }

const refused = (why: string, topics: readonly string[] | undefined): Reading =>
  topics === undefined ? { is: 'refused', why } : { is: 'refused', why, topics }

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const unknown = (text: string): Reading => ({
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
