import type { InstantMs } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { Store } from '../open.ts'

export interface OtherTradesQuery extends Pick<Instrument, 'venue' | 'market' | 'instrument'> {
  /** Both included. */
  readonly from: InstantMs
  readonly to: InstantMs
  /** What ids of the same numbering begin with. */
  readonly idPrefix: string
}

/** How many trades of an instrument are held in a stretch of time under ids of another numbering. */
export async function countOtherTrades(store: Store, query: OtherTradesQuery): Promise<number> {
  const sql = `select count() as rows from trade where venue = {venue:String} and market = {market:String}
    and instrument = {instrument:String} and at >= fromUnixTimestamp64Milli({from:Int64})
    and at <= fromUnixTimestamp64Milli({to:Int64}) and not startsWith(tradeId, {idPrefix:String})`
  const { columns } = await store.engine.select(sql, { rows: 'number' }, { params: { ...query } })
  return columns.rows[0] ?? 0
}
