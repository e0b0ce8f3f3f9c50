import { HOUR_MS } from '../../src/core/instant.ts'
import type { Venue } from '../../src/records/venues.ts'

/** An element of an answer or a message, as it was sent. */
type Element = Record<string | number, unknown>

/** A message of any venue, as far as it is looked at here. */
interface Message {
  readonly [field: string | number]: unknown
  readonly e?: unknown
  readonly topic?: unknown
  readonly channel?: unknown
  readonly action?: unknown
  readonly data?: unknown
  readonly arg?: Readonly<Partial<Record<'channel' | 'instId' | 'instType', string>>>
  readonly result?: { readonly list?: unknown }
}

/** Where a venue's numbers stand that are to be spoiled. */
interface Place {
  /** The elements in an answer or message; none where it is of another kind. */
  readonly elements: (json: Message) => readonly Element[]
  readonly price: string | number
  /** Every field that tells the time; none where only the moment of asking does. */
  readonly times: readonly string[]
  /** A number that is text here, or a text that is a number. */
  readonly retyped: string | number
  /** The channel of the faults. */
  readonly channel: string
}

export interface VenuePlaces {
  /** What is asked for again and again: text that the question's path or body holds, and where its elements are. */
  readonly poll: Place & {
    readonly question: string
    readonly path: string
    /** What the documents leave open, so that it is no fault. */
    readonly allowed?: readonly Damage[]
  }
  /** Trades of a socket. */
  readonly trades: Place & { readonly instrument: (element: Element, json: Message) => string }
  /** Candles of the past. */
  readonly candles: Place & { readonly question: string }
}

const list = (value: unknown): readonly Element[] => (Array.isArray(value) ? (value as readonly Element[]) : [])
const rest = (question: string) => ({ question, path: question })

/** Where each venue's numbers stand, by its documents. */
export const PLACES: Readonly<Record<Venue, VenuePlaces>> = {
  binance: {
    poll: {
      ...rest('/fapi/v1/premiumIndex'),
      elements: list,
      price: 'markPrice',
      times: ['time'],
      retyped: 'markPrice',
      channel: 'premiumIndex',
    },
    trades: {
      elements: (json) => (json.e === 'aggTrade' ? [json] : []),
      instrument: ({ s }) => String(s),
      price: 'p',
      times: ['T'],
      retyped: 'T',
      channel: '@aggTrade',
    },
    candles: { question: '/klines', elements: list, price: 1, times: [], retyped: 1, channel: 'klines' },
  },
  bybit: {
    poll: {
      ...rest('/v5/market/tickers'),
      elements: (json) => list(json.result?.list),
      price: 'lastPrice',
      times: [],
      retyped: 'lastPrice',
      channel: 'tickers',
    },
    trades: {
      elements: (json) => (String(json.topic).startsWith('publicTrade') ? list(json.data) : []),
      instrument: ({ s }) => String(s),
      price: 'p',
      times: ['T'],
      retyped: 'T',
      channel: 'publicTrade',
    },
    candles: {
      question: '/v5/market/kline',
      elements: (json) => list(json.result?.list),
      price: 1,
      times: [],
      retyped: 1,
      channel: 'kline',
    },
  },
  okx: {
    poll: {
      ...rest('/api/v5/market/tickers'),
      elements: (json) => list(json.data),
      price: 'last',
      times: ['ts'],
      retyped: 'last',
      channel: 'tickers',
    },
    trades: {
      elements: (json) => (json.arg?.channel === 'trades-all' ? list(json.data) : []),
      instrument: ({ instId }) => String(instId),
      price: 'px',
      times: ['ts'],
      retyped: 'px',
      channel: 'trades-all',
    },
    candles: {
      question: '/api/v5/market/candles',
      elements: (json) => list(json.data),
      price: 1,
      times: [],
      retyped: 1,
      channel: 'candles',
    },
  },
  gate: {
    poll: {
      ...rest('/api/v4/spot/tickers'),
      allowed: ['a number as text, or text as a number', 'an unknown field'],
      elements: list,
      price: 'last',
      times: [],
      retyped: 'last',
      channel: 'spot tickers',
    },
    trades: {
      elements: ({ channel, event, result }) => {
        if (event !== 'update') return []
        return channel === 'spot.trades' ? [result as Element] : channel === 'futures.trades' ? list(result) : []
      },
      instrument: ({ contract, currency_pair }, { channel }) => `${channel} ${contract ?? currency_pair}`,
      price: 'price',
      times: ['create_time', 'create_time_ms'],
      retyped: 'price',
      channel: '.trades',
    },
    candles: {
      question: '/candlesticks',
      // Those of spot are lists.
      elements: (json) => list(json).filter((each) => !Array.isArray(each)),
      price: 'o',
      times: [],
      retyped: 'o',
      channel: 'candlesticks',
    },
  },
  bitget: {
    poll: {
      ...rest('/api/v2/spot/market/tickers'),
      elements: (json) => list(json.data),
      price: 'lastPr',
      times: ['ts'],
      retyped: 'lastPr',
      channel: 'spot tickers',
    },
    trades: {
      elements: (json) => (json.arg?.channel === 'trade' && json.action === 'update' ? list(json.data) : []),
      instrument: (_, { arg }) => `${arg?.instType} ${arg?.instId}`,
      price: 'price',
      times: ['ts'],
      retyped: 'price',
      channel: 'trade',
    },
    candles: {
      question: 'candles',
      elements: (json) => list(json.data),
      price: 1,
      times: [],
      retyped: 1,
      channel: 'candles',
    },
  },
  hyperliquid: {
    poll: {
      question: '"metaAndAssetCtxs"',
      path: '/info',
      // What is listed no more keeps its place.
      elements: ({ 0: meta, 1: contexts }) => {
        const universe = list((meta as { readonly universe?: unknown } | undefined)?.universe)
        return list(contexts).filter((_, i) => universe[i]?.['isDelisted'] !== true)
      },
      price: 'midPx',
      times: [],
      retyped: 'midPx',
      channel: 'metaAndAssetCtxs',
    },
    trades: {
      elements: (json) => (json.channel === 'trades' ? list(json.data) : []),
      instrument: ({ coin }) => String(coin),
      price: 'px',
      times: ['time'],
      retyped: 'time',
      channel: 'trades',
    },
    candles: {
      question: '"candleSnapshot"',
      elements: list,
      price: 'o',
      times: [],
      retyped: 'o',
      channel: 'candleSnapshot',
    },
  },
}

/** What can be wrong with a number. */
export const DAMAGES = {
  'a number as text, or text as a number': ({ retyped }: Place, each: Element): void => {
    each[retyped] = typeof each[retyped] === 'number' ? String(each[retyped]) : Number(each[retyped])
  },
  'an unknown field': (_: Place, each: Element): void => void (each['neverDocumented'] = 1),
  'a missing field': ({ price }: Place, each: Element): void => void delete each[price],
  'a negative price': ({ price }: Place, each: Element): void => {
    each[price] = typeof each[price] === 'number' ? -each[price] : `-${String(each[price])}`
  },
  'a time in the future': ({ times }: Place, each: Element): void => {
    for (const time of times) each[time] = later(each[time])
  },
} as const
export type Damage = keyof typeof DAMAGES

/** What goes out instead of a text. */
type Change = (text: string) => string | readonly string[]

/** Damages the first element of a text. */
export const damaged =
  (place: Place, damage: Damage) =>
  (text: string): string => {
    const [json, first] = firstOf(place, text)
    if (first === undefined) return text
    DAMAGES[damage](place, first)
    return JSON.stringify(json)
  }

/** Changes texts that have an element, each of the changes as often as is said; then none. */
export function inTurn<C extends Change>(
  place: Place,
  changes: readonly C[],
  times: number,
): (text: string) => ReturnType<C> | string {
  let count = 0
  return (text) => {
    if (count >= times * changes.length || firstOf(place, text)[1] === undefined) return text
    return (changes[count++ % changes.length] as C)(text) as ReturnType<C>
  }
}

/** Holds a message back until one of the same instrument has gone that is later. */
export function delayer({ trades }: VenuePlaces) {
  let [held, isDone] = [undefined as { text: string; of: unknown; at: number } | undefined, false]
  return (text: string, path: string): string | readonly string[] => {
    const [json, first] = isDone ? [] : firstOf(trades, text)
    if (json === undefined || first === undefined) return text
    const [of, at] = [`${path} ${trades.instrument(first, json)}`, Number(first[trades.times.at(-1) as string])]
    if (held === undefined) {
      held = { text, of, at }
      return []
    }
    if (held.of !== of || at <= held.at) return text
    isDone = true
    return [text, held.text]
  }
}

/** Loses every so manieth message of the trades that may be lost, so often. */
export function loser(
  { trades }: VenuePlaces,
  { every, times, mayLose, onLost }: Loser,
): (text: string) => string | readonly string[] {
  let count = 0
  return (text) => {
    const [json, first] = firstOf(trades, text)
    if (json === undefined || first === undefined || !mayLose(trades.instrument(first, json))) return text
    if (++count % every > 0 || count > every * times) return text
    onLost(first)
    return []
  }
}

interface Loser {
  readonly every: number
  readonly times: number
  readonly mayLose: (instrument: string) => boolean
  readonly onLost: (trade: Element) => void
}

function firstOf(place: Place, text: string): readonly [json?: Message, first?: Element | undefined] {
  try {
    const json: unknown = JSON.parse(text)
    if (typeof json !== 'object' || json === null) return []
    return [json as Message, place.elements(json as Message)[0]]
  } catch {
    return []
  }
}

/** An hour later, in the unit and form in which it stands. */
function later(time: unknown): unknown {
  const value = Number(time)
  const moved = value + (value > 1e11 ? HOUR_MS : HOUR_MS / 1000)
  return typeof time === 'number' ? moved : String(moved)
}
