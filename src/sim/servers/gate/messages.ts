import type { SimTrade } from '../../market/live/book.ts'
import type { SimCandle } from '../../market/live/candleTape.ts'
import { lotsText, type Listing } from '../../market/live/listing.ts'
import { digestDigits } from '../answers.ts'
import { fraction, tradeNumber } from './ids.ts'
import { quantoMultiplier, tick } from './listings.ts'
import { tiersOf } from './riskTiers.ts'
import type { Place, Request, SocketError } from './subscriptions.ts'
import { signed } from './trades.ts'
import { decimal, price, seconds, size, type SizeForm } from './written.ts'

/** Something new of a channel; the time is that of sending. */
export const update = (channel: string, now: number, result: unknown): unknown => ({
  time: seconds(now),
  time_ms: now,
  channel,
  event: 'update',
  result,
})

/** The answer to a request, which it repeats. */
export function reply(
  request: Request,
  { place, now, connection }: { readonly place: Place; readonly now: number; readonly connection: string },
  error?: SocketError,
): unknown {
  const trace = digestDigits(`${connection} ${now} ${request.channel} ${request.payload.join()}`, 32)
  return {
    time: seconds(now),
    time_ms: now,
    ...(request.id === undefined ? {} : { id: request.id }),
    conn_id: connection,
    trace_id: trace,
    channel: request.channel,
    event: request.event,
    payload: request.payload,
    ...(error === undefined ? {} : { error }),
    result: { status: error === undefined ? 'success' : 'fail' },
    ...(place === 'spot' ? { requestId: trace } : {}),
  }
}

export const pong = (place: Place, now: number): unknown =>
  place === 'spot'
    ? { time: seconds(now), channel: 'spot.pong', event: '', error: null, result: null }
    : { time: seconds(now), time_ms: now, channel: 'futures.pong', event: '', result: null }

export const spotTrade = (listing: Listing, trade: SimTrade) => ({
  id: tradeNumber(listing, trade),
  id_market: trade.seq,
  create_time: seconds(trade.at),
  create_time_ms: `${trade.at}.${fraction(trade)}`,
  side: trade.takerBuy ? 'buy' : 'sell',
  currency_pair: listing.name,
  amount: lotsText(listing, trade.lots),
  price: price(listing, trade.price),
  range: `${trade.seq}-${trade.seq}`,
})

export const contractTrade = (listing: Listing, trade: SimTrade, form: SizeForm) => ({
  size: signed(trade, form),
  id: tradeNumber(listing, trade),
  create_time: seconds(trade.at),
  create_time_ms: trade.at,
  price: price(listing, trade.price),
  contract: listing.name,
})

/** Spot writes the time as text. `v` is the quote volume, as on REST: a captured row has v 58932.23, a 1.281699 at 45966.47. */
export const spotCandle = (listing: Listing, bar: SimCandle, label: string, now: number) => ({
  t: String(seconds(bar.at)),
  v: decimal(bar.quoteValue, 8),
  ...prices(listing, bar),
  n: label,
  a: decimal(bar.units, 8),
  w: isClosed(bar, now),
})

export const contractCandle = (
  listing: Listing,
  bar: SimCandle,
  { label, price: kind }: { readonly label: string; readonly price: 'last' | 'mark' | 'index' },
  { now, form }: { readonly now: number; readonly form: SizeForm },
) => ({
  t: seconds(bar.at),
  ...(kind === 'last' ? { v: size(bar.lots, form) } : {}),
  ...prices(listing, bar),
  n: label,
  ...(kind === 'last' ? { a: decimal(bar.units, 8) } : {}),
  w: isClosed(bar, now),
})

const prices = (listing: Listing, bar: SimCandle) => ({
  c: price(listing, bar.close),
  h: price(listing, bar.high),
  l: price(listing, bar.low),
  o: price(listing, bar.open),
})

export const isClosed = (bar: SimCandle, now: number): boolean => bar.at + bar.stepMs <= now

/** How a contract stands when its channel is opened. */
export const contractInfo = (listing: Listing, now: number): unknown => ({
  channel: 'futures.contract_info',
  event: 'all',
  time: seconds(now),
  time_ms: now,
  result: {
    contract: listing.name,
    quanto_multiplier: quantoMultiplier(listing),
    order_price_round: tick(listing),
    mark_price_round: tick(listing),
    risk_limit_tiers: tiersOf(listing),
  },
})
