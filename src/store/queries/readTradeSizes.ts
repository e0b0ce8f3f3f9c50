import type { Store } from '../open.ts'
import { latestSql, rangeParams, rangeSql } from './asOf.ts'
import type { TradeFlowQuery } from './readTradeFlow.ts'

/** Trades of one instrument by bucket and size: how many, and their quote value. Classes without trades are left out. */
export interface TradeSizes {
  /** Open of the bucket, ms. */
  readonly open: Float64Array
  /** Class of size: whole part of a hundred times the logarithm of the quote value, so a class is one percent wide. */
  readonly size: Float64Array
  readonly count: Float64Array
  readonly value: Float64Array
}

/** Trades of one instrument, counted by bucket and by size as known at `asOf`; in order of the buckets. */
export async function readTradeSizes(store: Store, query: TradeFlowQuery): Promise<TradeSizes> {
  const { venue, market, instrument, stepMs } = query
  const sql = `select intDiv(toUnixTimestamp64Milli(at), {stepMs:Int64}) * {stepMs:Int64} as open,
      floor(100 * log(price * quantity)) as size, count() as count, sumKahan(price * quantity) as value
    from (select at, price, quantity from trade
      where venue = {venue:String} and market = {market:String} and instrument = {instrument:String} and ${rangeSql(query)}
      ${latestSql('at, tradeId')})
    where price * quantity > 0
    group by open, size order by open, size`
  const params = { venue, market, instrument, stepMs, ...rangeParams(query) }
  const shape = { open: 'number', size: 'number', count: 'number', value: 'number' } as const
  return (await store.engine.select(sql, shape, { params })).columns
}
