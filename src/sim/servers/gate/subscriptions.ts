import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { contractNamed, type Settle } from './asked.ts'
import { pricedName } from './candles.ts'
import { SOCKET_WINDOWS } from './contractStats.ts'
import { INTERVALS, type Interval } from './intervals.ts'

/** Which market a socket serves. */
export type Place = 'spot' | Settle

/** All contracts. */
export const ALL = '!all'

/** What a channel carries for one name. */
export type Topic =
  | {
      readonly is: 'trades' | 'tickers' | 'public_liquidates' | 'contract_info'
      readonly channel: string
      readonly name: string
    }
  | {
      readonly is: 'candlesticks'
      readonly channel: string
      /** As the messages call it: `1m_BTC_USDT`. */
      readonly label: string
      readonly name: string
      readonly price: 'last' | 'mark' | 'index'
      readonly interval: Interval
    }
  | { readonly is: 'contract_stats'; readonly channel: string; readonly name: string; readonly stepMs: number }

/** Why a request is refused: 1 bad form, 2 bad argument, 4 not logged in. */
export interface SocketError {
  readonly code: number
  readonly message: string
}

/** Topics by the keys under which a session keeps them. */
export type Topics = readonly (readonly [key: string, topic: Topic])[]

/** A client's request, as far as it has the form of one. */
export interface Request {
  readonly id?: number
  readonly channel: string
  readonly event: string
  readonly payload: readonly string[]
}

export const keyOf = (channel: string, name: string): string => `${channel} ${name}`

/** Reads a message of a client. */
export function readRequest(text: string): Request | undefined {
  try {
    const { id, channel, event, payload } = JSON.parse(text) as Readonly<Record<string, unknown>>
    return {
      ...(typeof id === 'number' ? { id } : {}),
      channel: String(channel ?? ''),
      event: String(event ?? ''),
      payload: Array.isArray(payload) ? payload.map(String) : [],
    }
  } catch {
    return undefined
  }
}

/** What a request asks for. One name that is not listed refuses it as a whole. */
export function topicsOf({ channel, payload }: Request, place: Place, market: VenueMarket): Topics | SocketError {
  const [group, kind = ''] = channel.split('.')
  if (group !== (place === 'spot' ? 'spot' : 'futures')) return bad(`unknown channel ${channel}`)
  const find = { place, market }
  switch (kind) {
    case 'trades_v2':
      return place === 'spot' ? each('trades', channel, payload, find) : bad(`unknown channel ${channel}`)
    case 'trades':
    case 'tickers':
      return each(kind, channel, payload, find)
    case 'candlesticks':
      return candlesticks(channel, payload, find)
    case 'contract_stats':
    case 'public_liquidates':
    case 'contract_info':
      if (place === 'spot') return bad(`unknown channel ${channel}`)
      return kind === 'contract_stats' ? stats(channel, payload, find) : each(kind, channel, payload, find)
    case 'liquidates':
      return { code: 4, message: 'authentication fail' }
    default:
      return bad(`unknown channel ${channel}`)
  }
}

export const isError = (found: Topics | SocketError): found is SocketError => 'code' in found

interface Find {
  readonly place: Place
  readonly market: VenueMarket
}

const bad = (message: string): SocketError => ({ code: 2, message })

function each(
  is: 'trades' | 'tickers' | 'public_liquidates' | 'contract_info',
  channel: string,
  names: readonly string[],
  find: Find,
): Topics | SocketError {
  if (names.length === 0) return bad('invalid argument: payload')
  const takesAll = is === 'public_liquidates' || is === 'contract_info'
  const unknown = names.find((name) => !(takesAll && name === ALL) && !isListed(name, find))
  if (unknown !== undefined) return notListed(unknown, find)
  return names.map((name) => [keyOf(channel, name), { is, channel, name }] as const)
}

/** The interval comes first. */
function candlesticks(channel: string, [id = '', label = '']: readonly string[], find: Find): Topics | SocketError {
  const interval = INTERVALS.socket[id]
  if (interval === undefined) return bad(`invalid argument: interval ${id}`)
  const { name, kind } = find.place === 'spot' ? { name: label, kind: 'last' as const } : pricedName(label)
  if (!isListed(name, find)) return notListed(name, find)
  const topic = { is: 'candlesticks', channel, label: `${id}_${label}`, name, price: kind, interval } as const
  return [[keyOf(channel, topic.label), topic]]
}

/** The contract comes first. */
function stats(channel: string, [name = '', id = '']: readonly string[], find: Find): Topics | SocketError {
  if (!isListed(name, find)) return notListed(name, find)
  const stepMs = SOCKET_WINDOWS[id]
  if (stepMs === undefined) return bad(`invalid argument: interval ${id}`)
  return [[keyOf(channel, `${id}_${name}`), { is: 'contract_stats', channel, name, stepMs }]]
}

const isListed = (name: string, { place, market }: Find): boolean =>
  (place === 'spot' ? market.listing('spot', name) : contractNamed({ market, settle: place }, name)) !== undefined

const notListed = (name: string, { place }: Find): SocketError =>
  bad(place === 'spot' ? `unknown currency pair: ${name}` : `unknown contract ${name}`)
