import { lotsText, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { intervalOf } from '../binance/intervals.ts'
import { klineRow } from '../binance/klines.ts'
import { aggTradeFields } from '../binance/messages.ts'
import { keptTrades } from './keptTrades.ts'
import type { SimDump } from './simDump.ts'

const STEP = 300_000
/** From here on spot writes microseconds. */
const MICROSECONDS_FROM = Date.UTC(2025, 0, 1)
/** From here on the label of a row of metrics is the begin of its five minutes. */
const LABEL_MOVED = Date.UTC(2026, 5, 25)

const KLINES =
  'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore'
const AGG_TRADES = 'agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker'
const METRICS =
  'create_time,symbol,sum_open_interest,sum_open_interest_value,count_toptrader_long_short_ratio,' +
  'sum_toptrader_long_short_ratio,count_long_short_ratio,sum_taker_long_short_vol_ratio'
const FUNDING = 'calc_time,funding_interval_hours,last_funding_rate'

/** The lines of a file of Binance's site, headers and all; undefined where the market knows nothing of its time. */
export function binanceLines(dump: SimDump, market: VenueMarket): readonly string[] | undefined {
  const listing = market.listing(dump.market, dump.name)
  if (listing === undefined) return undefined
  switch (dump.kind) {
    case 'klines':
      return klineLines(dump, market, listing)
    case 'aggTrades':
      return aggTradeLines(dump, market, listing)
    case 'metrics':
      return metricsLines(dump, market, listing)
    case 'fundingRate':
      return fundingLines(dump, market, listing)
    case 'trades':
      return undefined
  }
}

function klineLines({ from, to, interval, market: which }: SimDump, market: VenueMarket, listing: Listing) {
  const found = intervalOf(interval, which)?.bars(market, listing, from, to)
  const rows = (found ?? []).map((bar) => {
    const row = [...klineRow(listing, bar)]
    const factor = microseconds(listing, bar.at)
    row[0] = bar.at * factor
    row[6] = (bar.at + bar.stepMs) * factor - 1
    return row.join(',')
  })
  return headed(which === 'spot' ? [] : [KLINES], rows)
}

function aggTradeLines({ from, to, market: which }: SimDump, market: VenueMarket, listing: Listing) {
  const rows = keptTrades(market, listing, from, to)?.map((trade) => {
    const { a, p, q, f, l, m } = aggTradeFields(listing, trade)
    const cells = [a, p, q, f, l, trade.at * microseconds(listing, trade.at)]
    return (which === 'spot' ? [...cells, m === true ? 'True' : 'False', 'True'] : [...cells, m]).join(',')
  })
  return headed(which === 'spot' ? [] : [AGG_TRADES], rows ?? [])
}

const microseconds = ({ market }: Listing, at: number): number =>
  market === 'spot' && at >= MICROSECONDS_FROM ? 1000 : 1

/** The readings after the begin of a day up to its end, under the labels of that day. */
function metricsLines({ from, to }: SimDump, market: VenueMarket, listing: Listing) {
  const earlier = from >= LABEL_MOVED ? STEP : 0
  const readings = market.snapshots(listing).filter(({ at }) => at > from && at <= to)
  const rows = readings.map((each) => {
    const { at, longLots, mark } = each
    const ratio = (long: number, short: number): string => String(long / Math.max(1, short))
    return [
      new Date(at - earlier).toISOString().slice(0, 19).replace('T', ' '),
      listing.name,
      lotsText(listing, longLots),
      (longLots * listing.lot * mark).toFixed(8),
      ratio(each.topLongAccounts, each.topShortAccounts),
      ratio(each.topLongLots, each.topShortLots),
      ratio(each.longAccounts, each.shortAccounts),
      ratio(each.boughtLots, each.soldLots),
    ].join(',')
  })
  return headed([METRICS], rows)
}

/** Charges are written down some milliseconds after the hour, other ones than over REST. */
function fundingLines({ from, to }: SimDump, market: VenueMarket, listing: Listing) {
  const paid = market.fundings(listing).filter(({ at }) => at >= from && at < to)
  const rows = paid.map(({ at, rate }, i) => [at + (i % 9), listing.fundingHours, rate.toFixed(8)].join(','))
  return headed([FUNDING], rows)
}

const headed = (header: readonly string[], rows: readonly string[]): readonly string[] | undefined =>
  rows.length === 0 ? undefined : [...header, ...rows]
