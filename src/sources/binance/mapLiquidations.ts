import { closedPosition, coinsOf } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import { liquidation } from '../../records/liquidation.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { seriesOf } from './rows.ts'
import * as wire from './wire.ts'

/**
 * A liquidation: what is filled of the closing order, at its average price. COIN-M contracts may come on the same stream and
 * are not collected.
 */
export function mapForceOrder(json: unknown, context: MapContext): Mapped {
  const mapping = new Mapping('@forceOrder')
  mapping.read(wire.forceOrderEvent, json, [], ({ o, st }) => {
    if (st === wire.COIN_M) return
    const is = mapping.instrument(context, 'perp', { name: o.s, path: 'o.s', raw: json })
    if (is === undefined) return
    const { T: at, z: published, ap: unitPrice } = o
    const lookup = { venue: 'binance', field: 'liquidation', contract: is.contract, at: instant(at) } as const
    const { id, rule } = convention({ ...lookup, rule: 'liquidation' })
    const coins = coinsOf(published, rule.countedIn, { instrument: is, price: unitPrice })
    const price = unitPrice / is.multiplier
    const publishedSide = o.S === 'SELL' ? 'sell' : 'buy'
    const row = {
      at,
      knownAt: at,
      // The venue numbers none; two of one contract in one millisecond differ in these, or are the same message again.
      liquidationId: `${at}/${o.S}/${published}/${unitPrice}`,
      position: closedPosition(rule, publishedSide),
      publishedSide,
      price,
      published,
      coins,
      quoteValue: coins * price,
      convention: id,
    }
    mapping.keep(liquidation, { ...seriesOf(is), ...row }, json)
  })
  return mapping.done()
}
