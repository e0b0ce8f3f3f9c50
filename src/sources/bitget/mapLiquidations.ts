import { closedPosition, coinsOf } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import { liquidation } from '../../records/liquidation.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { seriesOf } from './seriesOf.ts'
import * as wire from './wire.ts'

/** Liquidations of a socket message, of all contracts of the family. */
export function mapLiquidationEvent(json: unknown, context: MapContext): Mapped {
  const mapping = new Mapping('liquidation')
  mapping.read(wire.liquidationEvent, json, [], ({ data }) => mapping.add(mapLiquidations(data, context)))
  return mapping.done()
}

/** Liquidations, from socket and REST alike. */
export function mapLiquidations(list: readonly unknown[], context: MapContext): Mapped {
  const mapping = new Mapping('liquidation')
  for (const [i, element] of list.entries()) {
    mapping.read(wire.liquidation, element, ['data', i], ({ symbol, side, price: unitPrice, amount, ts: at }) => {
      const is = mapping.instrument(context, 'perp', { name: symbol, path: `data[${i}].symbol`, raw: element })
      if (is === undefined) return
      const lookup = { venue: 'bitget', field: 'liquidation', contract: is.contract, rule: 'liquidation' } as const
      const { id, rule } = convention({ ...lookup, at: instant(at) })
      const coins = coinsOf(amount, rule.countedIn, { instrument: is, price: unitPrice })
      const price = unitPrice / is.multiplier
      const row = {
        at,
        knownAt: at,
        // By value, so that "89000" here and "89000.0" there are one.
        liquidationId: `${at}/${side}/${amount}/${unitPrice}`,
        position: closedPosition(rule, side),
        publishedSide: side,
        price,
        published: amount,
        coins,
        quoteValue: coins * price,
        convention: id,
      }
      mapping.keep(liquidation, { ...seriesOf(is), ...row }, element)
    })
  }
  return mapping.done()
}
