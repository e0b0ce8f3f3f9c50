import type { Store } from '../open.ts'
import { latestSql, rangeParams, rangeSql, type AsOfRange } from './asOf.ts'

export interface TradeFlowQuery extends AsOfRange {
  readonly venue: string
  readonly market: string
  readonly instrument: string
  /** Length of a bucket in ms, counted from 1970. */
  readonly stepMs: number
}

/** Quote value that takers bought and sold in buckets of one instrument, those without trades left out: open of the bucket in ms. */
export interface TradeFlow {
  readonly open: Float64Array
  readonly bought: Float64Array
  readonly sold: Float64Array
}

/** Trades of one instrument, summed by bucket and by the side of the taker as known at `asOf`. */
export async function readTradeFlow(store: Store, query: TradeFlowQuery): Promise<TradeFlow> {
  const { venue, market, instrument, stepMs } = query
  const sql = `select intDiv(toUnixTimestamp64Milli(at), {stepMs:Int64}) * {stepMs:Int64} as open,
      sumKahan(if(takerBuy = 1, price * quantity, 0)) as bought, sumKahan(if(takerBuy = 0, price * quantity, 0)) as sold
    from (select at, price, quantity, takerBuy from trade
      where venue = {venue:String} and market = {market:String} and instrument = {instrument:String} and ${rangeSql(query)}
      ${latestSql('at, tradeId')})
    group by open order by open`
  const params = { venue, market, instrument, stepMs, ...rangeParams(query) }
  return (await store.engine.select(sql, { open: 'number', bought: 'number', sold: 'number' }, { params })).columns
}
