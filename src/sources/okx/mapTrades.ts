import { unitsOf } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import { trade } from '../../records/trade.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { readAll, rowsOf, seriesOf, type Row } from './rows.ts'
import * as wire from './wire.ts'

interface Match {
  readonly tradeId: string
  readonly px: number
  readonly sz: number
  readonly side: 'buy' | 'sell'
  readonly ts: number
}

/** Trades of a REST answer, one for each match. */
export function mapTrades(json: unknown, is: Instrument): Mapped {
  const mapping = new Mapping('history-trades')
  for (const row of rowsOf(mapping, wire.trade, json)) keepTrade(mapping, row, is)
  return mapping.done()
}

/** Trades of a message of `trades-all`, with the ids that REST gives them. */
export function mapTradePush(json: unknown, market: Instrument['market'], context: MapContext): Mapped {
  const mapping = new Mapping('trades-all')
  mapping.read(wire.push, json, [], ({ arg, data }) => {
    const is = mapping.instrument(context, market, { name: arg.instId, path: 'arg.instId', raw: json })
    if (is === undefined) return
    for (const row of readAll(mapping, wire.trade, data)) keepTrade(mapping, row, is)
  })
  return mapping.done()
}

function keepTrade(mapping: Mapping, { value, raw }: Row<Match>, is: Instrument): void {
  const { tradeId, px: price, sz, side, ts: at } = value
  const { rule } = convention({ venue: 'okx', field: 'trade', contract: is.contract, at: instant(at), rule: 'trade' })
  const quantity = unitsOf(sz, rule.countedIn, { instrument: is, price })
  mapping.keep(trade, { ...seriesOf(is), at, knownAt: at, tradeId, price, quantity, takerBuy: side === 'buy' }, raw)
}
