import { unitsOf } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import { trade } from '../../records/trade.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { isOf, readList, seriesOf } from './readList.ts'
import * as wire from './wire.ts'

/** Trades of a REST answer. */
export function mapTrades(json: unknown, is: Instrument): Mapped {
  const mapping = new Mapping('recent-trade')
  readList(mapping, json, { answer: wire.trades, element: wire.trade }, (each, { raw }) => {
    if (!isOf(mapping, is, each.symbol, raw)) return
    const { time: at, execId: tradeId, price, size, side } = each
    mapping.keep(trade, tradeRow(is, { at, tradeId, price, size, side }), raw)
  })
  return mapping.done()
}

/** Trades of a socket message. */
export function mapTradePush(json: unknown, market: Instrument['market'], context: MapContext): Mapped {
  const mapping = new Mapping('publicTrade')
  mapping.read(wire.push, json, [], ({ data }) => {
    for (const [i, raw] of data.entries()) {
      mapping.read(wire.tradePush, raw, ['data', i], ({ s, T: at, i: tradeId, p: price, v: size, S }) => {
        const is = mapping.instrument(context, market, { name: s, path: `data[${i}].s`, raw })
        if (is !== undefined) mapping.keep(trade, tradeRow(is, { at, tradeId, price, size, side: S }), raw)
      })
    }
  })
  return mapping.done()
}

interface WireTrade {
  readonly at: number
  readonly tradeId: string
  readonly price: number
  readonly size: number
  readonly side: 'Buy' | 'Sell'
}

function tradeRow(is: Instrument, { at, tradeId, price, size, side }: WireTrade): Readonly<Record<string, unknown>> {
  const lookup = { venue: 'bybit', field: 'trade', contract: is.contract, at: instant(at), rule: 'trade' } as const
  const quantity = unitsOf(size, convention(lookup).rule.countedIn, { instrument: is, price })
  return { ...seriesOf(is), at, knownAt: at, tradeId, price, quantity, takerBuy: side === 'Buy' }
}
