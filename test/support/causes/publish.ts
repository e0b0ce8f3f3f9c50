import { HOUR_MS, instant, SECOND_MS } from '../../../src/core/instant.ts'
import { lotsText, priceText, valueOf, type Listing } from '../../../src/sim/market/live/listing.ts'
import type { Instrument } from '../../../src/records/instrument.ts'
import * as binanceCandles from '../../../src/sources/binance/mapCandles.ts'
import * as binanceLiquidations from '../../../src/sources/binance/mapLiquidations.ts'
import * as binanceInterest from '../../../src/sources/binance/mapOpenInterest.ts'
import * as bybitCandles from '../../../src/sources/bybit/mapCandles.ts'
import * as bybitLiquidations from '../../../src/sources/bybit/mapLiquidations.ts'
import * as bybitInterest from '../../../src/sources/bybit/mapOpenInterest.ts'
import * as bybitTrades from '../../../src/sources/bybit/mapTrades.ts'
import * as okxLiquidations from '../../../src/sources/okx/mapLiquidations.ts'
import * as okxInterest from '../../../src/sources/okx/mapOpenInterest.ts'
import * as okxTrades from '../../../src/sources/okx/mapTrades.ts'
import type { MapContext, Mapped } from '../../../src/sources/source.ts'
import type { Forced } from './causedMarket.ts'
import type { EpisodeBook } from './episode.ts'

// What happened on a book, as its venue's documents say that it is told, read by that venue's source. Binance: candles
// with taker volume, open interest in coins every half hour, the last liquidation of a second. Bybit: trades, candles
// without taker volume, open interest of both sides, every liquidation with the side of the position. OKX: trades, open
// interest and liquidations in contracts of 0.1 ETH, of which the documents say that not all are told: here the last of
// a second too.

/** Venues that can be published. */
export const PUBLISHED = ['binance', 'bybit', 'okx'] as const
type Published = (typeof PUBLISHED)[number]

const HALF_HOUR_MS = HOUR_MS / 2

/** What the venue's list of instruments says of a listing. */
export const instrumentOf = (listing: Listing): Instrument => ({
  venue: listing.venue,
  market: listing.market,
  instrument: listing.name,
  asset: listing.asset,
  quote: listing.quote,
  multiplier: listing.unitCoins,
  simulated: true,
  contract: listing.contract,
  ...(listing.venue === 'okx' && listing.market === 'perp' ? { contractSize: listing.lot } : {}),
})

/**
 * The records of a book.
 * @param end - all of it is over by then
 * @throws {Error} a source refuses what it is told
 */
export function publish(book: EpisodeBook, end: number): Mapped['rows'] {
  const is = instrumentOf(book.listing)
  const context: MapContext = { venue: is.venue as Published, instrument: () => is, now: instant(end) }
  const told = TOLD[is.venue as Published]({ book, is, context, end })
  const [fault] = told.flatMap(({ faults }) => faults)
  if (fault !== undefined) throw new Error(`${is.venue} ${is.instrument}: ${fault.path} ${fault.why}`)
  return told.flatMap(({ rows }) => rows)
}

interface Telling {
  readonly book: EpisodeBook
  readonly is: Instrument
  readonly context: MapContext
  readonly end: number
}

const TOLD: Readonly<Record<Published, (telling: Telling) => readonly Mapped[]>> = {
  binance: (telling) => [tellBinanceCandles(telling), tellBinanceInterest(telling), ...tellBinanceForced(telling)],
  bybit: (telling) => [
    tellBybitTrades(telling),
    tellBybitCandles(telling),
    tellBybitInterest(telling),
    tellBybitForced(telling),
  ],
  okx: (telling) => [tellOkxTrades(telling), tellOkxInterest(telling), tellOkxForced(telling)],
}

function tellBinanceCandles({ book: { listing, hours }, is, end }: Telling): Mapped {
  const klines = hours.map((bar) => [
    bar.at,
    ...[bar.open, bar.high, bar.low, bar.close].map((price) => priceText(listing, price)),
    bar.units.toFixed(8),
    bar.at + HOUR_MS - 1,
    bar.quoteValue.toFixed(8),
    bar.trades,
    bar.takerBuyUnits.toFixed(8),
    bar.takerBuyQuoteValue.toFixed(8),
    '0',
  ])
  return binanceCandles.mapKlines(klines, is, '1h', end)
}

function tellBinanceInterest({ book: { listing, held }, is }: Telling): Mapped {
  const buckets = held
    .filter(({ at }) => at % HALF_HOUR_MS === 0)
    .map(({ at, lots, mark }) => ({
      symbol: listing.name,
      sumOpenInterest: (lots * listing.lot).toFixed(8),
      sumOpenInterestValue: (lots * listing.lot * mark).toFixed(8),
      timestamp: at,
    }))
  return binanceInterest.mapOpenInterestHistory(buckets, is, '30m')
}

/**
 * What is liquidated in one order, dollars, and in how long a time the holders that an account stands for fall one
 * after the other.
 */
const ORDER_USD = 25_000
const FALL_MS = 60_000

/**
 * An account stands for many holders: each is closed by an order of its own. Of all orders of a second the last is
 * told.
 */
function lastOfSeconds({ listing, forced }: EpisodeBook): readonly Forced[] {
  const last = new Map<number, Forced>()
  for (const each of forced) {
    const orders = Math.max(1, Math.min(each.lots, Math.round(valueOf(listing, each.lots, each.fillPrice) / ORDER_USD)))
    for (let i = 0; i < orders; i++) {
      const at = each.at + Math.floor((FALL_MS * i) / orders)
      const lots = Math.floor((each.lots * (i + 1)) / orders) - Math.floor((each.lots * i) / orders)
      last.set(Math.floor(at / SECOND_MS), { ...each, at, lots })
    }
  }
  return [...last.values()].toSorted((a, b) => a.at - b.at)
}

function tellBinanceForced({ book, context }: Telling): readonly Mapped[] {
  const { listing } = book
  return lastOfSeconds(book).map(({ at, position, lots, fillPrice }) => {
    const [quantity, price] = [lotsText(listing, lots), priceText(listing, fillPrice)]
    const order = { s: listing.name, S: position === 'long' ? 'SELL' : 'BUY', o: 'LIMIT', f: 'IOC', X: 'FILLED' }
    const filled = { q: quantity, p: price, ap: price, l: quantity, z: quantity, T: at }
    return binanceLiquidations.mapForceOrder({ e: 'forceOrder', E: at, o: { ...order, ...filled } }, context)
  })
}

function tellBybitTrades({ book: { listing, trades }, is, context, end }: Telling): Mapped {
  const data = trades.map(({ at, price, lots, takerBuy }, i) => ({
    T: at,
    s: listing.name,
    S: takerBuy ? 'Buy' : 'Sell',
    v: lotsText(listing, lots),
    p: priceText(listing, price),
    i: `${end}-${i}`,
    BT: false,
  }))
  const push = { topic: `publicTrade.${listing.name}`, type: 'snapshot', ts: end, data }
  return bybitTrades.mapTradePush(push, is.market, context)
}

function tellBybitCandles({ book: { listing, hours }, is, end }: Telling): Mapped {
  const list = hours.map((bar) => [
    String(bar.at),
    ...[bar.open, bar.high, bar.low, bar.close].map((price) => priceText(listing, price)),
    bar.units.toFixed(8),
    bar.quoteValue.toFixed(8),
  ])
  return bybitCandles.mapCandles(bybitAnswer(listing, { list }, end), is, '1h')
}

function tellBybitInterest({ book: { listing, held }, is, end }: Telling): Mapped {
  const some = held.filter(({ at }) => at % HALF_HOUR_MS === 0)
  const list = some.map(({ at, lots }) => ({ openInterest: lotsText(listing, 2 * lots), timestamp: String(at) }))
  const marks = new Map(some.map(({ at, mark }) => [at, mark] as const))
  return bybitInterest.mapOpenInterests(bybitAnswer(listing, { list, nextPageCursor: '' }, end), {
    is,
    interval: '30m',
    marks,
  })
}

function tellBybitForced({ book: { listing, forced }, context, end }: Telling): Mapped {
  const data = forced.map(({ at, position, lots, bankruptcyPrice }) => ({
    T: at,
    s: listing.name,
    S: position === 'long' ? 'Buy' : 'Sell',
    v: lotsText(listing, lots),
    p: priceText(listing, bankruptcyPrice),
  }))
  const push = { topic: `allLiquidation.${listing.name}`, type: 'snapshot', ts: end, data }
  return bybitLiquidations.mapLiquidationPush(push, context)
}

function bybitAnswer(
  { name, market }: Listing,
  told: { readonly list: readonly unknown[]; readonly nextPageCursor?: string },
  time: number,
) {
  const result = { symbol: name, category: market === 'spot' ? 'spot' : 'linear', ...told }
  return { retCode: 0, retMsg: 'OK', retExtInfo: {}, result, time }
}

function tellOkxTrades({ book: { listing, trades }, is, context, end }: Telling): Mapped {
  const data = trades.map(({ at, price, lots, takerBuy }, i) => ({
    instId: listing.name,
    tradeId: String(end * 1000 + i),
    px: priceText(listing, price),
    sz: okxSize(listing, lots),
    side: takerBuy ? 'buy' : 'sell',
    ts: String(at),
  }))
  return okxTrades.mapTradePush({ arg: { channel: 'trades-all', instId: listing.name }, data }, is.market, context)
}

/** Contracts of a swap, coins on spot. */
const okxSize = (listing: Listing, lots: number): string =>
  listing.market === 'perp' ? String(lots) : lotsText(listing, lots)

function tellOkxInterest({ book: { listing, held }, context }: Telling): Mapped {
  const data = held.map(({ at, lots, mark }) => ({
    instId: listing.name,
    instType: 'SWAP',
    oi: String(lots),
    oiCcy: lotsText(listing, lots),
    oiUsd: (lots * listing.lot * mark).toFixed(8),
    ts: String(at),
  }))
  return okxInterest.mapOpenInterest({ code: '0', msg: '', data }, context)
}

function tellOkxForced({ book, context }: Telling): Mapped {
  const { listing } = book
  const details = lastOfSeconds(book).map((each) => ({
    side: each.position === 'long' ? 'sell' : 'buy',
    posSide: each.position,
    bkPx: priceText(listing, each.bankruptcyPrice),
    bkLoss: '0',
    sz: String(each.lots),
    ccy: '',
    ts: String(each.at),
  }))
  const family = { instId: listing.name, instType: 'SWAP', instFamily: 'ETH-USDT', uly: 'ETH-USDT' }
  const arg = { channel: 'liquidation-orders', instType: 'SWAP' }
  return okxLiquidations.mapLiquidationPush({ arg, data: [{ ...family, details }] }, context)
}
