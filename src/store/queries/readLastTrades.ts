import type { InstantMs } from '../../core/instant.ts'
import type { Store } from '../open.ts'

/** The trade with the highest id held of each instrument of a venue since an instant, by `market/instrument`; for venues that count up. */
export async function readLastTrades(
  store: Store,
  { venue, since }: { readonly venue: string; readonly since: InstantMs },
): Promise<ReadonlyMap<string, { readonly id: number; readonly at: number }>> {
  const sql = `select market, instrument, max(toUInt64OrZero(tradeId)) as last, argMax(at, toUInt64OrZero(tradeId)) as lastAt
    from trade where venue = {venue:String} and at >= fromUnixTimestamp64Milli({since:Int64}) group by market, instrument`
  const shape = { market: 'text', instrument: 'text', last: 'number', lastAt: 'number' } as const
  const { columns } = await store.engine.select(sql, shape, { params: { venue, since } })
  return new Map(
    columns.market.map((market, i) => {
      const last = { id: columns.last[i] as number, at: columns.lastAt[i] as number }
      return [`${market}/${columns.instrument[i]}`, last] as const
    }),
  )
}
