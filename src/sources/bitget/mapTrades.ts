import { unitsOf } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import type { Instrument } from '../../records/instrument.ts'
import { trade } from '../../records/trade.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { seriesOf } from './seriesOf.ts'
import { tradeTime } from './tradeTime.ts'
import * as wire from './wire.ts'

/** Trades of the past. */
export function mapPastTrades(list: readonly unknown[], is: Instrument): Mapped {
  const mapping = new Mapping('fills-history')
  for (const [i, element] of list.entries()) {
    mapping.read(wire.pastTrade, element, ['data', i], (each) => mapping.keep(trade, tradeRow(is, each), element))
  }
  return mapping.done()
}

/** Trades of a socket message. Its first one repeats trades from before the subscription: their ids tell. */
export function mapTradeEvent(json: unknown, market: Instrument['market'], context: MapContext): Mapped {
  const mapping = new Mapping('trade')
  mapping.read(wire.tradeEvent, json, [], ({ arg, data }) => {
    const is = mapping.instrument(context, market, { name: arg.instId, path: 'arg.instId', raw: json })
    if (is === undefined) return
    for (const [i, element] of data.entries()) {
      mapping.read(wire.pushedTrade, element, ['data', i], (each) => mapping.keep(trade, tradeRow(is, each), element))
    }
  })
  return mapping.done()
}

interface WireTrade {
  readonly tradeId: string
  readonly price: number
  readonly size: number
  readonly side: string
  readonly ts: number
}

function tradeRow(is: Instrument, { tradeId, price, size, side, ts }: WireTrade): Readonly<Record<string, unknown>> {
  const at = tradeTime(tradeId, ts)
  const { rule } = convention({ venue: 'bitget', field: 'trade', contract: is.contract, at, rule: 'trade' })
  const quantity = unitsOf(size, rule.countedIn, { instrument: is, price })
  return { ...seriesOf(is), at, knownAt: at, tradeId, price, quantity, takerBuy: side.toLowerCase() === 'buy' }
}
