import type { SimTrade } from '../../market/live/book.ts'
import { joinBars, MINUTE, type SimCandle } from '../../market/live/candleTape.ts'
import { unitsOf, valueOf, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { firstIndex } from '../firstIndex.ts'

const SECOND = 1_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** 1970 began on a Thursday; weeks begin on Mondays. */
const FIRST_MONDAY = 4 * DAY

/** How a line of bars is cut: where the bar begins that holds an instant, and where the next one does. */
export interface Interval {
  readonly floor: (at: number) => number
  readonly next: (open: number) => number
  /** The longest that a bar can be. */
  readonly longestMs: number
  readonly bars: (market: VenueMarket, listing: Listing, from: number, to: number) => readonly SimCandle[]
}

const fixed = (stepMs: number): Interval => ({
  floor: (at) => Math.floor(at / stepMs) * stepMs,
  next: (open) => open + stepMs,
  longestMs: stepMs,
  bars: (market, listing, from, to) => market.candles(listing, { stepMs, from, to }),
})

const ofDays = (cut: Pick<Interval, 'floor' | 'next' | 'longestMs'>): Interval => ({
  ...cut,
  bars: (market, listing, from, to) =>
    daysJoined(cut, market.candles(listing, { stepMs: DAY, from, to: cut.next(to) }), to),
})

const week: Interval = ofDays({
  floor: (at) => Math.floor((at - FIRST_MONDAY) / (7 * DAY)) * 7 * DAY + FIRST_MONDAY,
  next: (open) => open + 7 * DAY,
  longestMs: 7 * DAY,
})

const month: Interval = ofDays({
  floor: (at) => monthAt(at, 0),
  next: (open) => monthAt(open, 1),
  longestMs: 31 * DAY,
})

function monthAt(at: number, later: number): number {
  const date = new Date(at)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later)
}

const second: Interval = { ...fixed(SECOND), bars: secondBars }

/** The intervals of candles by the venue's names; seconds are spot's alone. */
export function intervalOf(name: string, which: 'spot' | 'perp'): Interval | undefined {
  return name === '1s' ? (which === 'spot' ? second : undefined) : INTERVALS[name]
}

const INTERVALS: Readonly<Record<string, Interval>> = {
  '1m': fixed(MINUTE),
  '3m': fixed(3 * MINUTE),
  '5m': fixed(5 * MINUTE),
  '15m': fixed(15 * MINUTE),
  '30m': fixed(30 * MINUTE),
  '1h': fixed(HOUR),
  '2h': fixed(2 * HOUR),
  '4h': fixed(4 * HOUR),
  '6h': fixed(6 * HOUR),
  '8h': fixed(8 * HOUR),
  '12h': fixed(12 * HOUR),
  '1d': fixed(DAY),
  '3d': fixed(3 * DAY),
  '1w': week,
  '1M': month,
}

/** Days joined to bars that open before `to`; the first is left out where its beginning is missing. */
function daysJoined(
  { floor, next }: Pick<Interval, 'floor' | 'next'>,
  days: readonly SimCandle[],
  to: number,
): readonly SimCandle[] {
  const bars: SimCandle[] = []
  for (let i = days.findIndex(({ at }) => floor(at) === at); i >= 0 && i < days.length;) {
    const open = (days[i] as SimCandle).at
    if (open >= to) break
    const length = next(open) - open
    bars.push(joinBars(days.slice(i, i + length / DAY), length) as SimCandle)
    i += length / DAY
  }
  return bars
}

/** Bars of a second, made of the trades that are kept. */
function secondBars(market: VenueMarket, listing: Listing, from: number, to: number): readonly SimCandle[] {
  const trades = market.trades(listing)
  if (trades.length === 0) return []
  const floor = (at: number): number => Math.floor(at / SECOND) * SECOND
  const bars: SimCandle[] = []
  let at = Math.max(Math.ceil(from / SECOND) * SECOND, floor((trades[0] as SimTrade).at))
  let i = firstIndex(trades, (trade) => trade.at < at)
  let last = (trades[i - 1] ?? (trades[0] as SimTrade)).price
  for (; at < Math.min(to, market.now() + 1); at += SECOND) {
    const begin = i
    while (i < trades.length && floor((trades[i] as SimTrade).at) === at) i++
    bars.push(secondBar(listing, at, last, trades.slice(begin, i)))
    last = (trades[i - 1] as SimTrade).price
  }
  return bars
}

function secondBar(listing: Listing, at: number, before: number, trades: readonly SimTrade[]): SimCandle {
  const prices = trades.map(({ price }) => price)
  const bought = trades.filter(({ takerBuy }) => takerBuy)
  const sum = (some: readonly SimTrade[], of: typeof unitsOf): number =>
    some.reduce((total, { lots, price }) => total + of(listing, lots, price), 0)
  return {
    at,
    stepMs: SECOND,
    open: prices[0] ?? before,
    high: prices.length === 0 ? before : Math.max(...prices),
    low: prices.length === 0 ? before : Math.min(...prices),
    close: prices.at(-1) ?? before,
    units: sum(trades, unitsOf),
    quoteValue: sum(trades, valueOf),
    trades: trades.length,
    takerBuyUnits: sum(bought, unitsOf),
    takerBuyQuoteValue: sum(bought, valueOf),
    lots: trades.reduce((total, { lots }) => total + lots, 0),
  }
}
