import type { Store } from '../open.ts'
import { latestSql, rangeParams, rangeSql, type AsOfRange } from './asOf.ts'

export interface LiquidationQuery extends AsOfRange {
  readonly venue: string
  readonly market: string
  readonly instrument: string
  /** Length of a bucket in ms, counted from 1970. */
  readonly stepMs: number
}

/** What was liquidated in buckets of one instrument, those without any left out: open of the bucket in ms, value by side in the quote. */
export interface LiquidationSums {
  readonly open: Float64Array
  readonly long: Float64Array
  readonly short: Float64Array
}

/** Liquidations of one instrument, summed by bucket and side as known at `asOf`. */
export async function readLiquidationSums(store: Store, query: LiquidationQuery): Promise<LiquidationSums> {
  const { venue, market, instrument, stepMs } = query
  const sql = `select intDiv(toUnixTimestamp64Milli(at), {stepMs:Int64}) * {stepMs:Int64} as open,
      sum(if(position = 'long', quoteValue, 0)) as long, sum(if(position = 'short', quoteValue, 0)) as short
    from (select at, position, quoteValue from liquidation
      where venue = {venue:String} and market = {market:String} and instrument = {instrument:String} and ${rangeSql(query)}
      ${latestSql('at, liquidationId')})
    group by open order by open`
  const params = { venue, market, instrument, stepMs, ...rangeParams(query) }
  return (await store.engine.select(sql, { open: 'number', long: 'number', short: 'number' }, { params })).columns
}
