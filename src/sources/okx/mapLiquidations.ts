import { closedPosition, coinsOf } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import { liquidation } from '../../records/liquidation.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { readAll, seriesOf, type Row } from './rows.ts'
import * as wire from './wire.ts'

interface Forced {
  readonly side: 'buy' | 'sell'
  readonly posSide: 'long' | 'short' | 'net'
  readonly bkPx: number
  readonly sz: number
  readonly ts: number
}

/**
 * Liquidations of all swaps. The first message of a connection repeats what was sent before; since ids are made of the
 * content, what is held already stays one record.
 */
export function mapLiquidationPush(json: unknown, context: MapContext): Mapped {
  const mapping = new Mapping('liquidation-orders')
  mapping.read(wire.liquidationPush, json, [], ({ data }) => {
    for (const { value, raw, index } of readAll(mapping, wire.liquidationsOfOne, data)) {
      const path = `data[${index}].instId`
      const is = mapping.instrument(context, 'perp', { name: value.instId, path, raw })
      if (is === undefined) continue
      for (const [i, detail] of value.details.entries()) {
        mapping.read(wire.liquidation, detail, ['data', index, 'details', i], (forced) =>
          keepLiquidation(mapping, { value: forced, raw: detail, index: i }, is),
        )
      }
    }
  })
  return mapping.done()
}

function keepLiquidation(mapping: Mapping, { value, raw }: Row<Forced>, is: Instrument): void {
  const { side, posSide, bkPx, sz: published, ts: at } = value
  const { id, rule } = convention({
    venue: 'okx',
    field: 'liquidation',
    contract: is.contract,
    at: instant(at),
    rule: 'liquidation',
  })
  const position = closedPosition(rule, side)
  if (posSide !== 'net' && posSide !== position) {
    mapping.impossible('posSide', `a ${side} order does not close a ${posSide} position`, raw)
    return
  }
  const coins = coinsOf(published, rule.countedIn, { instrument: is, price: bkPx })
  const price = bkPx / is.multiplier
  const row = {
    at,
    knownAt: at,
    liquidationId: `${at}/${side}/${posSide}/${published}/${bkPx}`,
    position,
    publishedSide: side,
    price,
    published,
    coins,
    quoteValue: coins * price,
    convention: id,
  }
  mapping.keep(liquidation, { ...seriesOf(is), ...row }, raw)
}
