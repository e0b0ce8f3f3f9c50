import type { InstantMs } from '../../core/instant.ts'
import type { Store } from '../open.ts'

/** The highest trade id held of each instrument of a venue since an instant, by `market/instrument`; for venues that count up. */
export async function readLastTradeIds(
  store: Store,
  { venue, since }: { readonly venue: string; readonly since: InstantMs },
): Promise<ReadonlyMap<string, number>> {
  const sql = `select market, instrument, max(toUInt64OrZero(tradeId)) as last from trade
    where venue = {venue:String} and at >= fromUnixTimestamp64Milli({since:Int64}) group by market, instrument`
  const shape = { market: 'text', instrument: 'text', last: 'number' } as const
  const { columns } = await store.engine.select(sql, shape, { params: { venue, since } })
  return new Map(columns.market.map((market, i) => [`${market}/${columns.instrument[i]}`, columns.last[i] as number]))
}
