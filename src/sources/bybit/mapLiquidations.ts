import { closedPosition, coinsOf } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import { liquidation } from '../../records/liquidation.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { seriesOf } from './readList.ts'
import * as wire from './wire.ts'

/**
 * Liquidations of a socket message. The venue numbers none: two that are alike within one message are two, and get ids of
 * their own; the same message read again gives the same ids.
 */
export function mapLiquidationPush(json: unknown, context: MapContext): Mapped {
  const mapping = new Mapping('allLiquidation')
  const seen = new Map<string, number>()
  mapping.read(wire.push, json, [], ({ data }) => {
    for (const [i, raw] of data.entries()) {
      mapping.read(wire.liquidationPush, raw, ['data', i], ({ T: at, s, S, v: published, p }) => {
        const is = mapping.instrument(context, 'perp', { name: s, path: `data[${i}].s`, raw })
        if (is === undefined) return
        const lookup = { venue: 'bybit', field: 'liquidation', contract: is.contract, at: instant(at) } as const
        const entry = convention({ ...lookup, rule: 'liquidation' })
        const coins = coinsOf(published, entry.rule.countedIn, { instrument: is, price: p })
        const price = p / is.multiplier
        const publishedSide = S === 'Buy' ? 'buy' : 'sell'
        const row = {
          at,
          knownAt: at,
          liquidationId: numbered(seen, `${at}/${S}/${published}/${p}`),
          position: closedPosition(entry.rule, publishedSide),
          publishedSide,
          price,
          published,
          coins,
          quoteValue: coins * price,
          convention: entry.id,
        }
        mapping.keep(liquidation, { ...seriesOf(is), ...row }, raw)
      })
    }
  })
  return mapping.done()
}

/** The text itself the first time, then with a number behind it. */
function numbered(seen: Map<string, number>, text: string): string {
  const count = (seen.get(text) ?? 0) + 1
  seen.set(text, count)
  return count === 1 ? text : `${text}/${count}`
}
