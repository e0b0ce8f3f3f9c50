import { intervalOf, type Interval } from './intervals.ts'

/** Where a socket is: its market, and on futures which of the three groups of streams its path serves. */
export type Place = 'spot' | 'market' | 'public' | 'private'

type OfOne = 'aggTrade' | 'trade' | 'ticker' | 'miniTicker' | 'markPrice' | 'forceOrder'
type OfAll = 'ticker' | 'miniTicker' | 'markPrice' | 'forceOrder'

/** What a stream carries, and every how many milliseconds; 0 where it is told as it happens. */
export type Topic =
  | { readonly of: 'one'; readonly kind: OfOne; readonly name: string; readonly everyMs: number }
  | {
      readonly of: 'candles'
      readonly name: string
      readonly id: string
      readonly interval: Interval
      readonly everyMs: number
    }
  | { readonly of: 'all'; readonly kind: OfAll; readonly everyMs: number }

/**
 * What a stream of that name carries at a place; undefined where it carries nothing, which the venue does not say: an unknown
 * stream, and one on another path than its own, is acknowledged all the same.
 */
export function topicOf(stream: string, place: Place): Topic | undefined {
  const [, symbol = '', channel = ''] = /^([a-z0-9]+)@(.+)$/.exec(stream) ?? []
  if (symbol === '') return ofAll(stream, place)
  const name = symbol.toUpperCase()
  if (channel.startsWith('kline_')) return candles(name, channel.slice('kline_'.length), place)
  const found = ONE[place][channel]
  return found === undefined ? undefined : { of: 'one', kind: kindOf<OfOne>(channel), name, everyMs: found }
}

function ofAll(stream: string, place: Place): Topic | undefined {
  const everyMs = ALL[place][stream]
  return everyMs === undefined ? undefined : { of: 'all', kind: kindOf<OfAll>(stream.slice(1)), everyMs }
}

function candles(name: string, id: string, place: Place): Topic | undefined {
  const interval =
    place === 'spot' || place === 'market' ? intervalOf(id, place === 'spot' ? 'spot' : 'perp') : undefined
  if (interval === undefined) return undefined
  return { of: 'candles', name, id, interval, everyMs: place === 'market' ? 250 : id === '1s' ? 1000 : 2000 }
}

/** The word before the first `@`. */
const kindOf = <T extends string>(channel: string): T => channel.split('@')[0] as T

type Rhythms = Readonly<Record<Place, Readonly<Record<string, number>>>>

const ONE: Rhythms = {
  spot: { aggTrade: 0, trade: 0, ticker: 1000, miniTicker: 1000 },
  market: { aggTrade: 0, ticker: 2000, miniTicker: 2000, markPrice: 3000, 'markPrice@1s': 1000, forceOrder: 1000 },
  public: { trade: 0 },
  private: {},
}

/** Spot's tickers of all ended on 2026-03-26. */
const ALL: Rhythms = {
  spot: { '!miniTicker@arr': 1000 },
  market: {
    '!ticker@arr': 1000,
    '!miniTicker@arr': 1000,
    '!markPrice@arr': 3000,
    '!markPrice@arr@1s': 1000,
    '!forceOrder@arr': 1000,
  },
  public: {},
  private: {},
}
