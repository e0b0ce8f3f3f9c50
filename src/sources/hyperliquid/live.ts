import type { Instrument } from '../../records/instrument.ts'
import type { Feed, MapContext, Poll, Reading } from '../source.ts'
import { readWire } from '../wire/readWire.ts'
import { excerptOf } from '../wire/wireFault.ts'
import { info } from './info.ts'
import { mapContexts, mapTradesMessage } from './map.ts'
import { tradersOf } from './mapPositions.ts'
import * as wire from './wire.ts'

const everything = (): boolean => true

/** Trades only: the candle of the socket is the running one and is never marked as closed. */
export const feeds: readonly Feed[] = [
  {
    id: 'perp',
    market: 'perp',
    kinds: ['trade'],
    toldOnce: ['trade'],
    address: 'socket',
    path: '/ws',
    covers: everything,
    topics: ({ instrument }: Instrument) => [topicOf(instrument)],
    sharedTopics: [],
    // One name that is not listed ends its connection with all that is on it; ten connections are allowed.
    topicsPerSocket: 50,
    subscribe: (topics) =>
      topics.map((topic) =>
        JSON.stringify({ method: 'subscribe', subscription: { type: 'trades', coin: topic.slice(TRADES.length) } }),
      ),
    // The server ends a connection on which it sent nothing for a minute.
    ping: { everyMs: 50_000, text: JSON.stringify({ method: 'ping' }) },
    lateMs: 1_000,
    read,
  },
]

const TRADES = 'trades:'
const topicOf = (coin: string): string => `${TRADES}${coin}`

function read(text: string, context: MapContext): Reading {
  const json = jsonOf(text)
  switch ((json as Readonly<Record<string, unknown>> | null)?.['channel']) {
    case 'trades':
      return { is: 'rows', traders: tradersOf(json), ...mapTradesMessage(json, context) }
    case 'pong':
      return { is: 'pulse' }
    case 'subscriptionResponse':
      return acknowledgement(json) ?? unknownMessage(text)
    case 'error':
      return refusal(json) ?? unknownMessage(text)
  }
  return unknownMessage(text)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function acknowledgement(json: unknown): Reading | undefined {
  const { value } = readWire(wire.acknowledged, json, '')
  if (value === undefined) return undefined
  const { method, subscription } = value.data
  if (method === 'unsubscribe') return { is: 'pulse' }
  return { is: 'acknowledged', topics: topicsOf(subscription) }
}

/** To be subscribed already is what was wanted. */
function refusal(json: unknown): Reading | undefined {
  const { value } = readWire(wire.refused, json, '')
  if (value === undefined) return undefined
  const [why = '', request = ''] = value.data.split(/: (.*)/s)
  if (why === 'Already unsubscribed') return { is: 'pulse' }
  const asked = jsonOf(request) as Readonly<Record<string, unknown>> | null
  const { data } = wire.subscription.safeParse(asked?.['subscription'] ?? asked)
  const named = data === undefined ? undefined : topicsOf(data)
  if (why === 'Already subscribed' && named !== undefined) return { is: 'acknowledged', topics: named }
  return { is: 'refused', why: value.data, ...(named === undefined ? {} : { topics: named }) }
}

const topicsOf = ({ type, coin }: { type: string; coin?: string | undefined }): readonly string[] =>
  type === 'trades' && coin !== undefined ? [topicOf(coin)] : []

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

/** Open interest has no history, so all contexts are asked for often; one answer holds every contract. */
export const polls: readonly Poll[] = [
  {
    id: 'contexts',
    kinds: ['openInterest', 'funding', 'ticker'],
    market: 'perp',
    everyMs: 10_000,
    covers: everything,
    fetch: async function* (io, context) {
      const json = await io.ask(info({ type: 'metaAndAssetCtxs' }))
      yield mapContexts(json, context, io.now())
    },
  },
]
