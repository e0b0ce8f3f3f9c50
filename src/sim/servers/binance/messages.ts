import type { SimLiquidation, SimTrade } from '../../market/live/book.ts'
import type { SimCandle } from '../../market/live/candleTape.ts'
import { lotsText, priceText, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'

const isPerp = ({ market }: Listing): boolean => market === 'perp'

/** An aggregate trade as REST gives it. `M` is spot's, `nq` is futures'. */
export const aggTradeFields = (listing: Listing, trade: SimTrade): Readonly<Record<string, unknown>> => ({
  a: trade.seq,
  p: priceText(listing, trade.price),
  q: lotsText(listing, trade.lots),
  ...(isPerp(listing) ? { nq: lotsText(listing, trade.lots) } : {}),
  f: trade.firstFill,
  l: trade.firstFill + trade.fills - 1,
  T: trade.at,
  m: !trade.takerBuy,
  ...(isPerp(listing) ? {} : { M: true }),
})

/** The same as a message, `st` 1 for USD-M. */
export const aggTradeMessage = (listing: Listing, trade: SimTrade, now: number): unknown => ({
  e: 'aggTrade',
  E: now,
  s: listing.name,
  ...aggTradeFields(listing, trade),
  ...(isPerp(listing) ? { st: 1 } : {}),
})

/** The running bar, or the one message that closes it. */
export const klineMessage = (listing: Listing, bar: SimCandle, isClosed: boolean, now: number): unknown => ({
  e: 'kline',
  E: now,
  s: listing.name,
  k: {
    t: bar.at,
    T: bar.at + bar.stepMs - 1,
    s: listing.name,
    i: '1m',
    f: -1,
    L: -1,
    o: priceText(listing, bar.open),
    c: priceText(listing, bar.close),
    h: priceText(listing, bar.high),
    l: priceText(listing, bar.low),
    v: bar.units.toFixed(8),
    n: bar.trades,
    x: isClosed,
    q: bar.quoteValue.toFixed(8),
    V: bar.takerBuyUnits.toFixed(8),
    Q: bar.takerBuyQuoteValue.toFixed(8),
    B: '0',
  },
})

/** `S` is the side of the closing order: a sell closes a long. */
export const forceOrderMessage = (listing: Listing, liquidation: SimLiquidation): unknown => {
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

export function markPriceMessage(listing: Listing, market: VenueMarket): unknown {
  const { mark, index } = market.ticker(listing)
  const { rate, at } = market.expectedFunding(listing)
  const price = mark.toFixed(8)
  return {
    e: 'markPriceUpdate',
    E: market.now(),
    s: listing.name,
    p: price,
    i: index.toFixed(8),
    P: index.toFixed(8),
    r: rate.toFixed(8),
    ap: price,
    T: at,
    st: 1,
  }
}

export function tickerMessage(listing: Listing, market: VenueMarket): unknown {
  const ticker = market.ticker(listing)
  const price = (value: number): string => priceText(listing, value)
  const last = market.trades(listing).at(-1)
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
    Q: lotsText(listing, last?.lots ?? 1),
    o: price(ticker.open24h),
    h: price(ticker.high24h),
    l: price(ticker.low24h),
    v: ticker.units24h.toFixed(8),
    q: ticker.quoteValue24h.toFixed(8),
    O: market.now() - 86_400_000,
    C: market.now(),
    F: 0,
    L: last?.firstFill ?? 0,
    n: ticker.trades24h,
    ...(isPerp(listing) ? { ps: listing.name, st: 1 } : spotOnly),
  }
}
