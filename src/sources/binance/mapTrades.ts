import { unitsOf } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import { trade } from '../../records/trade.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { listOf } from './rows.ts'
import * as wire from './wire.ts'

/** Aggregate trades of a REST answer. */
export function mapAggTrades(json: unknown, is: Instrument): Mapped {
  const mapping = new Mapping('aggTrades')
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.aggTrade, element, [i], (each) => mapping.keep(trade, tradeRow(is, each), element))
  }
  return mapping.done()
}

/** The same of a socket message, with the same ids. COIN-M is not collected. */
export function mapAggTradeEvent(json: unknown, market: Instrument['market'], context: MapContext): Mapped {
  const mapping = new Mapping('@aggTrade')
  mapping.readQuickly(wire.AGG_TRADE_EVENT, json, [], (each) => {
    if (each.st === wire.COIN_M) return
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

function tradeRow(is: Instrument, { a, p: price, q, T: at, m }: AggTrade): Readonly<Record<string, unknown>> {
  const { rule } = convention({
    venue: 'binance',
    field: 'trade',
    contract: is.contract,
    at: instant(at),
    rule: 'trade',
  })
  const { venue, market, instrument } = is
  const quantity = unitsOf(q, rule.countedIn, { instrument: is, price })
  // Spelled out: to spread an object here costs more than all the rest, and trades come by the ten thousand.
  return { venue, market, instrument, at, knownAt: at, tradeId: String(a), price, quantity, takerBuy: !m }
}
