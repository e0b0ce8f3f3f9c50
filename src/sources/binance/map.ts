import { closedPosition, coinsOf, comparableOpenInterest } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import { intervalMs, type Interval } from '../../core/interval.ts'
import { candle } from '../../records/candle.ts'
import { funding } from '../../records/funding.ts'
import type { Instrument } from '../../records/instrument.ts'
import { liquidation } from '../../records/liquidation.ts'
import { openInterest } from '../../records/openInterest.ts'
import { positioning, type PositioningMeasure } from '../../records/positioning.ts'
import { ticker } from '../../records/ticker.ts'
import { trade } from '../../records/trade.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import * as wire from './wire.ts'

type Market = Instrument['market']

/** Candles of a REST answer; a bar that is still open is left out. */
export function mapKlines(json: unknown, is: Instrument, interval: Interval, now: number): Mapped {
  const mapping = new Mapping(`klines ${interval}`)
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.kline, element, [i], (bar) => {
      const [at, open, high, low, close, volume, , quoteVolume, trades, takerBuyVolume, takerBuyQuoteVolume] = bar
      const knownAt = at + intervalMs(interval)
      if (knownAt > now) return
      const measures = { open, high, low, close, volume, quoteVolume, trades, takerBuyVolume, takerBuyQuoteVolume }
      mapping.keep(candle, { ...seriesOf(is), interval, at, knownAt, ...measures }, element)
    })
  }
  return mapping.done()
}

/** The candle of a socket message, where the message closes it. */
export function mapKlineEvent(json: unknown, market: Market, context: MapContext): Mapped {
  const mapping = new Mapping('@kline')
  mapping.read(wire.klineEvent, json, [], ({ s, k }) => {
    if (!k.x) return
    const is = mapping.instrument(context, market, { name: s, path: 's', raw: json })
    if (is === undefined) return
    const interval = k.i as Interval
    const row = {
      ...seriesOf(is),
      interval,
      at: k.t,
      knownAt: k.t + intervalMs(interval),
      open: k.o,
      high: k.h,
      low: k.l,
      close: k.c,
      volume: k.v,
      quoteVolume: k.q,
      trades: k.n,
      takerBuyVolume: k.V,
      takerBuyQuoteVolume: k.Q,
    }
    mapping.keep(candle, row, json)
  })
  return mapping.done()
}

/** Aggregate trades of a REST answer. */
export function mapAggTrades(json: unknown, is: Instrument): Mapped {
  const mapping = new Mapping('aggTrades')
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.aggTrade, element, [i], (each) => mapping.keep(trade, tradeRow(is, each), element))
  }
  return mapping.done()
}

export function mapAggTradeEvent(json: unknown, market: Market, context: MapContext): Mapped {
  const mapping = new Mapping('@aggTrade')
  mapping.read(wire.aggTradeEvent, json, [], (each) => {
    const is = mapping.instrument(context, market, { name: each.s, path: 's', raw: json })
    if (is !== undefined) mapping.keep(trade, tradeRow(is, each), json)
  })
  return mapping.done()
}

interface AggTrade {
  readonly a: number
  readonly p: number
  readonly q: number
  readonly T: number
  readonly m: boolean
}

const tradeRow = (is: Instrument, { a, p, q, T, m }: AggTrade): Readonly<Record<string, unknown>> => ({
  ...seriesOf(is),
  at: T,
  knownAt: T,
  tradeId: String(a),
  price: p,
  quantity: q,
  takerBuy: !m,
})

/** Open interest now. The answer gives no price, so it has no value. */
export function mapOpenInterestNow(json: unknown, is: Instrument): Mapped {
  const mapping = new Mapping('openInterest')
  mapping.read(wire.openInterestNow, json, [], ({ openInterest: published, time }) => {
    const entry = openInterestConvention(is, 'open_interest', time)
    const { coins, sides } = comparableOpenInterest(entry.rule, published, { instrument: is })
    const { countedIn } = entry.rule
    const row = { interval: 'live', at: time, knownAt: time, published, countedIn, sides, coins, convention: entry.id }
    mapping.keep(openInterest, { ...seriesOf(is), ...row }, json)
  })
  return mapping.done()
}

/** Open interest on the grid of its history, with its value. */
export function mapOpenInterestHistory(json: unknown, is: Instrument, interval: Interval): Mapped {
  const mapping = new Mapping('openInterestHist')
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.openInterestBucket, element, [i], (bucket) => {
      const { sumOpenInterest: published, sumOpenInterestValue: value, timestamp: at } = bucket
      const entry = openInterestConvention(is, 'open_interest_history', at)
      const unitPrice = value / published
      const { coins, sides, quoteValue } = comparableOpenInterest(entry.rule, published, {
        instrument: is,
        price: unitPrice,
      })
      const priced = published > 0 ? { quoteValue, price: unitPrice / is.multiplier } : {}
      const { countedIn } = entry.rule
      const row = { interval, at, knownAt: at, published, countedIn, sides, coins, ...priced, convention: entry.id }
      mapping.keep(openInterest, { ...seriesOf(is), ...row }, element)
    })
  }
  return mapping.done()
}

const openInterestConvention = (is: Instrument, field: 'open_interest' | 'open_interest_history', at: number) =>
  convention({ venue: 'binance', field, contract: is.contract, at: instant(at), rule: 'open interest' })

export type AccountsMeasure = Exclude<PositioningMeasure, 'taker_ratio'>

/** A ratio of accounts or positions. Known when its interval is over. */
export function mapAccounts(json: unknown, is: Instrument, interval: Interval, measure: AccountsMeasure): Mapped {
  const mapping = new Mapping(measure)
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.accountsRatio, element, [i], ({ longShortRatio, longAccount, shortAccount, timestamp: at }) => {
      const entry = ratioConvention(is, measure, at)
      const longShare = longAccount / (longAccount + shortAccount)
      const row = { measure, interval, at, knownAt: at + intervalMs(interval), ratio: longShortRatio, longShare }
      mapping.keep(positioning, { ...seriesOf(is), ...row, convention: entry.id }, element)
    })
  }
  return mapping.done()
}

/** What takers bought and sold. Known when its interval is over. */
export function mapTakers(json: unknown, is: Instrument, interval: Interval): Mapped {
  const mapping = new Mapping('taker_ratio')
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.takerRatio, element, [i], ({ buySellRatio: ratio, buyVol, sellVol, timestamp: at }) => {
      const entry = ratioConvention(is, 'taker_ratio', at)
      const [boughtCoins, soldCoins] = [buyVol, sellVol].map((units) => units * is.multiplier)
      const row = {
        measure: 'taker_ratio',
        interval,
        at,
        knownAt: at + intervalMs(interval),
        ratio,
        boughtCoins,
        soldCoins,
      }
      mapping.keep(positioning, { ...seriesOf(is), ...row, convention: entry.id }, element)
    })
  }
  return mapping.done()
}

const ratioConvention = (is: Instrument, field: PositioningMeasure, at: number) =>
  convention({ venue: 'binance', field, contract: is.contract, at: instant(at), rule: 'ratio' })

/** Funding that was paid. */
export function mapFundingPaid(json: unknown, is: Instrument): Mapped {
  const mapping = new Mapping('fundingRate')
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.fundingPaid, element, [i], ({ fundingRate: rate, fundingTime: at, markPrice }) => {
      const mark = Number(markPrice)
      const priced = mark > 0 ? { markPrice: mark } : {}
      mapping.keep(funding, { ...fundingRow(is, 'paid', at), rate, ...priced }, element)
    })
  }
  return mapping.done()
}

function fundingRow(is: Instrument, state: 'paid' | 'expected', at: number): Readonly<Record<string, unknown>> {
  const entry = convention({
    venue: 'binance',
    field: 'funding',
    contract: is.contract,
    at: instant(at),
    rule: 'note',
  })
  const hours = is.fundingHours === undefined ? {} : { hours: is.fundingHours }
  return { ...seriesOf(is), state, at, knownAt: at, ...hours, convention: entry.id }
}

/** What is expected to be paid next, for every contract at once. */
export function mapPremiumIndex(json: unknown, context: MapContext): Mapped {
  const mapping = new Mapping('premiumIndex')
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.premiumIndex, element, [i], ({ symbol, lastFundingRate: rate, markPrice, time: at }) => {
      const is = mapping.instrument(context, 'perp', { name: symbol, path: `[${i}].symbol`, raw: element })
      if (is === undefined) return
      mapping.keep(funding, { ...fundingRow(is, 'expected', at), rate, markPrice }, element)
    })
  }
  return mapping.done()
}

/** What is shown of every instrument at once. Instruments that trade nothing have no price and are left out. */
export function mapTickers(json: unknown, market: Market, context: MapContext): Mapped {
  const mapping = new Mapping('ticker/24hr')
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.ticker24h, element, [i], (each) => {
      const is = mapping.instrument(context, market, { name: each.symbol, path: `[${i}].symbol`, raw: element })
      if (is === undefined) return
      const quotes = { ...positiveOnly('bid', each.bidPrice), ...positiveOnly('ask', each.askPrice) }
      const traded = { volume24h: each.volume, quoteVolume24h: each.quoteVolume }
      const row = { at: context.now, knownAt: context.now, last: each.lastPrice, ...quotes, ...traded }
      mapping.keep(ticker, { ...seriesOf(is), ...row }, element)
    })
  }
  return mapping.done()
}

const positiveOnly = (name: string, value: number | undefined): Readonly<Record<string, number>> =>
  value !== undefined && value > 0 ? { [name]: value } : {}

/** A liquidation. COIN-M contracts come on the same stream and are not collected. */
export function mapForceOrder(json: unknown, context: MapContext): Mapped {
  const mapping = new Mapping('@forceOrder')
  mapping.read(wire.forceOrderEvent, json, [], ({ o, st }) => {
    if ((st ?? o.st ?? 1) !== 1) return
    const is = mapping.instrument(context, 'perp', { name: o.s, path: 'o.s', raw: json })
    if (is === undefined) return
    const entry = convention({
      venue: 'binance',
      field: 'liquidation',
      contract: is.contract,
      at: instant(o.T),
      rule: 'liquidation',
    })
    const [unitPrice, published] = [o.ap > 0 ? o.ap : o.p, o.z > 0 ? o.z : o.q]
    const coins = coinsOf(published, entry.rule.countedIn, { instrument: is, price: unitPrice })
    const price = unitPrice / is.multiplier
    const row = {
      at: o.T,
      knownAt: o.T,
      liquidationId: `${o.T}/${o.S}/${o.q}/${o.p}`,
      position: closedPosition(entry.rule, o.S === 'SELL' ? 'sell' : 'buy'),
      price,
      published,
      coins,
      quoteValue: coins * price,
      convention: entry.id,
    }
    mapping.keep(liquidation, { ...seriesOf(is), ...row }, json)
  })
  return mapping.done()
}

const seriesOf = ({ venue, market, instrument }: Instrument): Readonly<Record<string, string>> => ({
  venue,
  market,
  instrument,
})

function listOf(mapping: Mapping, json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json
  mapping.notDocumented('', 'not a list', json)
  return []
}
