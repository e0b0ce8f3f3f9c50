import { unitsOf } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import { trade } from '../../records/trade.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { listOf, seriesOf } from './rows.ts'
import * as wire from './wire.ts'

/** Spot trades of a REST answer. */
export function mapSpotTrades(json: unknown, is: Instrument): Mapped {
  const mapping = new Mapping('spot trades')
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.spotTrade, element, [i], ({ sequence_id: tradeId, create_time_ms: at, amount, price, side }) => {
      keepTrade(mapping, is, { tradeId, at, price, quantity: amount, takerBuy: side === 'buy', raw: element })
    })
  }
  return mapping.done()
}

/**
 * The spot trade of a socket message. One that covers several ids is not kept: what REST says of those ids is not known to be
 * the same, so they are left to be asked for there.
 * @param result - the message's `result`
 */
export function mapSpotTradeEvent(result: unknown, context: MapContext): Mapped {
  const mapping = new Mapping('spot.trades')
  mapping.read(wire.spotTradeEvent, result, ['result'], (each) => {
    const { id_market: tradeId, create_time_ms: at, amount, price, side, range } = each
    const is = mapping.instrument(context, 'spot', {
      name: each.currency_pair,
      path: 'result.currency_pair',
      raw: result,
    })
    if (is === undefined) return
    if (range !== `${tradeId}-${tradeId}`) {
      return mapping.notDocumented('result.range', `one trade, but ids ${range}`, result)
    }
    keepTrade(mapping, is, { tradeId, at, price, quantity: amount, takerBuy: side === 'buy', raw: result })
  })
  return mapping.done()
}

/** Trades of contracts, of a REST answer. */
export function mapPerpTrades(json: unknown, is: Instrument): Mapped {
  const mapping = new Mapping('futures trades')
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.perpTrade, element, [i], (each) => keepPerpTrade(mapping, is, each, element))
  }
  return mapping.done()
}

/**
 * Trades of contracts, of a socket message.
 * @param result - the message's `result`
 */
export function mapPerpTradeEvent(result: unknown, context: MapContext): Mapped {
  const mapping = new Mapping('futures.trades')
  for (const [i, element] of listOf(mapping, result).entries()) {
    mapping.read(wire.perpTrade, element, ['result', i], (each) => {
      const path = `result[${i}].contract`
      const is = mapping.instrument(context, 'perp', { name: each.contract, path, raw: element })
      if (is !== undefined) keepPerpTrade(mapping, is, each, element)
    })
  }
  return mapping.done()
}

interface PerpTrade {
  readonly id: string
  readonly create_time: number
  readonly create_time_ms?: number | undefined
  readonly size: number
  readonly price: number
  readonly is_internal?: boolean | undefined
}

function keepPerpTrade(mapping: Mapping, is: Instrument, each: PerpTrade, raw: unknown): void {
  const { id: tradeId, create_time, create_time_ms: at = create_time, size, price, is_internal } = each
  // The insurance fund and deleveraging trade with nobody's will, off the market, and are in no candle.
  if (is_internal === true) return
  if (size === 0) return mapping.impossible('size', 'less than one contract, cut to 0', raw)
  keepTrade(mapping, is, { tradeId, at, price, quantity: Math.abs(size), takerBuy: size > 0, raw })
}

interface VenueTrade {
  readonly tradeId: string
  readonly at: number
  readonly price: number
  /** As the venue counts it. */
  readonly quantity: number
  readonly takerBuy: boolean
  readonly raw: unknown
}

function keepTrade(mapping: Mapping, is: Instrument, each: VenueTrade): void {
  const { tradeId, at, price, takerBuy, raw } = each
  const { rule } = convention({
    venue: 'gate',
    field: 'trade',
    contract: is.contract,
    at: instant(at),
    rule: 'trade',
  })
  const quantity = unitsOf(each.quantity, rule.countedIn, { instrument: is, price })
  mapping.keep(trade, { ...seriesOf(is), at, knownAt: at, tradeId, price, quantity, takerBuy }, raw)
}
