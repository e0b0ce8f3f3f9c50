import type { SimTrade } from '../../market/live/book.ts'
import { joinBars, MINUTE, type SimCandle } from '../../market/live/candleTape.ts'
import { unitsOf, valueOf, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { firstIndex } from '../firstIndex.ts'

export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** 1970 began on a Thursday; `1w` begins on Mondays, `7d` counts from 1970. */
const FIRST_MONDAY = 4 * DAY

/** How a line of bars is cut. */
export interface Interval {
  /** Where the bar begins that holds an instant. */
  readonly floor: (at: number) => number
  /** How long a bar is at the longest. */
  readonly stepMs: number
  /** Bars that open in [from, to), oldest first; the last may be running. */
  readonly bars: (market: VenueMarket, listing: Listing, from: number, to: number) => readonly SimCandle[]
}

const fixed = (stepMs: number): Interval => ({
  floor: (at) => Math.floor(at / stepMs) * stepMs,
  stepMs,
  bars: (market, listing, from, to) => market.candles(listing, { stepMs, from, to }),
})

const short = (stepMs: number): Interval => ({
  ...fixed(stepMs),
  bars: (market, listing, from, to) => shortBars(market, listing, { stepMs, from, to }),
})

const ofDays = (floor: Interval['floor'], days: number): Interval => ({
  floor,
  stepMs: days * DAY,
  bars: (market, listing, from, to) => {
    const all = market.candles(listing, { stepMs: DAY, from, to: to + days * DAY })
    const opens = [...new Set(all.map(({ at }) => floor(at)))].filter((open) => open >= from && open < to)
    return opens
      .filter((open) => all.some(({ at }) => at === open))
      .map((open) => {
        const length = floor(open + (days + 1) * DAY) - open
        const inside = all.filter(({ at }) => floor(at) === open)
        return joinBars(inside, length) as SimCandle
      })
  },
})

const week = ofDays((at) => Math.floor((at - FIRST_MONDAY) / (7 * DAY)) * 7 * DAY + FIRST_MONDAY, 7)

/** `30d` is a month of the calendar. */
const month = ofDays((at) => {
  const date = new Date(at)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}, 31)

/** What the sockets of both markets and both REST doors have. No document here names `2h`; only ccxt asks for it. */
const COMMON: Readonly<Record<string, Interval>> = {
  '10s': short(10_000),
  '1m': fixed(MINUTE),
  '5m': fixed(5 * MINUTE),
  '15m': fixed(15 * MINUTE),
  '30m': fixed(30 * MINUTE),
  '1h': fixed(HOUR),
  '2h': fixed(2 * HOUR),
  '4h': fixed(4 * HOUR),
  '8h': fixed(8 * HOUR),
  '1d': fixed(DAY),
  '7d': fixed(7 * DAY),
}

/** Intervals of candles, by the names of each way to them. */
export const INTERVALS: Readonly<Record<'spot' | 'futures' | 'socket', Readonly<Record<string, Interval>>>> = {
  spot: { '1s': short(1000), ...COMMON, '30d': month },
  futures: { ...COMMON, '1w': week, '30d': month },
  socket: COMMON,
}

interface Stretch {
  readonly stepMs: number
  readonly from: number
  readonly to: number
}

/** Bars of seconds, made of the trades that are kept. */
function shortBars(market: VenueMarket, listing: Listing, { stepMs, from, to }: Stretch): readonly SimCandle[] {
  const trades = market.trades(listing)
  const [oldest] = trades
  if (oldest === undefined) return []
  const bars: SimCandle[] = []
  let open = Math.max(Math.ceil(from / stepMs), Math.floor(oldest.at / stepMs)) * stepMs
  let i = firstIndex(trades, ({ at }) => at < open)
  let last = (trades[i - 1] ?? oldest).price
  for (; open < Math.min(to, market.now() + 1); open += stepMs) {
    const begin = i
    while (i < trades.length && (trades[i] as SimTrade).at < open + stepMs) i++
    const bar = shortBar(listing, { at: open, stepMs, before: last }, trades.slice(begin, i))
    last = bar.close
    bars.push(bar)
  }
  return bars
}

function shortBar(
  listing: Listing,
  { at, stepMs, before }: { readonly at: number; readonly stepMs: number; readonly before: number },
  trades: readonly SimTrade[],
): SimCandle {
  const prices = trades.length === 0 ? [before] : trades.map(({ price }) => price)
  const bought = trades.filter(({ takerBuy }) => takerBuy)
  const sum = (some: readonly SimTrade[], of: typeof unitsOf): number =>
    some.reduce((total, { lots, price }) => total + of(listing, lots, price), 0)
  return {
    at,
    stepMs,
    open: prices[0] as number,
    high: Math.max(...prices),
    low: Math.min(...prices),
    close: prices.at(-1) as number,
    units: sum(trades, unitsOf),
    quoteValue: sum(trades, valueOf),
    trades: trades.length,
    takerBuyUnits: sum(bought, unitsOf),
    takerBuyQuoteValue: sum(bought, valueOf),
    lots: trades.reduce((total, { lots }) => total + lots, 0),
  }
}
