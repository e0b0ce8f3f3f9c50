import type { SimLiquidation, SimTrade } from '../../market/live/book.ts'
import type { SimCandle } from '../../market/live/candleTape.ts'
import { lotsText, priceText, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { aggregateId, fillIds, fillLots, tradedIds } from './ids.ts'
import { DAY } from './intervals.ts'

const isPerp = ({ market }: Listing): boolean => market === 'perp'

/** An aggregate trade as REST gives it. `M` is spot's, `nq` is futures'. */
export function aggTradeFields(listing: Listing, trade: SimTrade): Readonly<Record<string, unknown>> {
  const fills = fillIds(listing, trade)
  const quantity = lotsText(listing, trade.lots)
  return {
    a: aggregateId(listing, trade),
    p: priceText(listing, trade.price),
    q: quantity,
    ...(isPerp(listing) ? { nq: quantity } : {}),
    f: fills.first,
    l: fills.last,
    T: trade.at,
    m: !trade.takerBuy,
    ...(isPerp(listing) ? {} : { M: true }),
  }
}

/** The same as a message, `st` 1 for USD-M. */
export const aggTradeMessage = (listing: Listing, trade: SimTrade, now: number): unknown => ({
  e: 'aggTrade',
  E: now,
  s: listing.name,
  ...aggTradeFields(listing, trade),
  ...(isPerp(listing) ? { st: 1 } : {}),
})

/** The single fills of an aggregate, one message each. */
export function tradeMessages(listing: Listing, trade: SimTrade, now: number): readonly unknown[] {
  const { first } = fillIds(listing, trade)
  return fillLots(trade).map((lots, i) => ({
    e: 'trade',
    E: now,
    T: trade.at,
    s: listing.name,
    t: first + i,
    p: priceText(listing, trade.price),
    q: lotsText(listing, lots),
    ...(isPerp(listing) ? { X: 'MARKET' } : { M: true }),
    m: !trade.takerBuy,
  }))
}

export interface Kline {
  readonly bar: SimCandle
  readonly interval: string
  readonly state: 'running' | 'closed'
  /** The first and the last trade in it; empty where there is none. */
  readonly ends: readonly SimTrade[]
}

/** A whole candle as it is so far, or as it closed. */
export function klineMessage(listing: Listing, { bar, interval, state, ends }: Kline, now: number): unknown {
  const [first, last] = ends
  return {
    e: 'kline',
    E: now,
    s: listing.name,
    k: {
      t: bar.at,
      T: bar.at + bar.stepMs - 1,
      s: listing.name,
      i: interval,
      f: first === undefined ? -1 : fillIds(listing, first).first,
      L: last === undefined ? -1 : fillIds(listing, last).last,
      o: priceText(listing, bar.open),
      c: priceText(listing, bar.close),
      h: priceText(listing, bar.high),
      l: priceText(listing, bar.low),
      v: bar.units.toFixed(8),
      n: bar.trades,
      x: state === 'closed',
      q: bar.quoteValue.toFixed(8),
      V: bar.takerBuyUnits.toFixed(8),
      Q: bar.takerBuyQuoteValue.toFixed(8),
      B: '0',
    },
  }
}

/** `S` is the side of the closing order: a sell closes a long; `p` is its limit, `ap` what it got. */
export const forceOrderMessage = (listing: Listing, liquidation: SimLiquidation): object => {
  const quantity = lotsText(listing, liquidation.lots)
  return {
    e: 'forceOrder',
    E: liquidation.at,
    o: {
      s: listing.name,
      S: liquidation.position === 'long' ? 'SELL' : 'BUY',
      o: 'LIMIT',
      f: 'IOC',
      q: quantity,
      p: priceText(listing, liquidation.bankruptcyPrice),
      ap: priceText(listing, liquidation.fillPrice),
      X: 'FILLED',
      l: quantity,
      z: quantity,
      T: liquidation.at,
    },
  }
}

/** On the stream of all instruments the market stands beside the order. */
export const forceOrderOfAll = (listing: Listing, liquidation: SimLiquidation): unknown => ({
  ...forceOrderMessage(listing, liquidation),
  ps: listing.name,
  st: 1,
})

export function markPriceMessage(listing: Listing, market: VenueMarket): unknown {
  const { rate, at } = market.expectedFunding(listing)
  const price = market.mark(listing).toFixed(8)
  return {
    e: 'markPriceUpdate',
    E: market.now(),
    s: listing.name,
    p: price,
    i: price,
    P: price,
    r: rate.toFixed(8),
    ap: price,
    T: at,
    st: 1,
  }
}

export function tickerMessage(listing: Listing, market: VenueMarket): unknown {
  const ticker = market.ticker(listing)
  const price = (value: number): string => priceText(listing, value)
  const ids = tradedIds(listing, market)
  const spotOnly = {
    x: price(ticker.open24h),
    b: price(ticker.bid),
    B: lotsText(listing, 1),
    a: price(ticker.ask),
    A: lotsText(listing, 1),
  }
  return {
    e: '24hrTicker',
    E: market.now(),
    s: listing.name,
    p: price(ticker.last - ticker.open24h),
    P: ((100 * (ticker.last - ticker.open24h)) / ticker.open24h).toFixed(2),
    w: price(ticker.units24h === 0 ? ticker.last : ticker.quoteValue24h / ticker.units24h),
    c: price(ticker.last),
    Q: lotsText(listing, market.trades(listing).at(-1)?.lots ?? 1),
    o: price(ticker.open24h),
    h: price(ticker.high24h),
    l: price(ticker.low24h),
    v: ticker.units24h.toFixed(8),
    q: ticker.quoteValue24h.toFixed(8),
    O: market.now() - DAY,
    C: market.now(),
    F: ids.first,
    L: ids.last,
    n: ticker.trades24h,
    ...(isPerp(listing) ? { ps: listing.name, st: 1 } : spotOnly),
  }
}

export function miniTickerMessage(listing: Listing, market: VenueMarket): unknown {
  const ticker = market.ticker(listing)
  const price = (value: number): string => priceText(listing, value)
  return {
    e: '24hrMiniTicker',
    E: market.now(),
    s: listing.name,
    c: price(ticker.last),
    o: price(ticker.open24h),
    h: price(ticker.high24h),
    l: price(ticker.low24h),
    v: ticker.units24h.toFixed(8),
    q: ticker.quoteValue24h.toFixed(8),
    ...(isPerp(listing) ? { ps: listing.name, st: 1 } : {}),
  }
}
