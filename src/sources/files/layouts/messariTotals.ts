import { findColumns, type Layout } from './layout.ts'

/** Messari's daily sums of an asset over venues: open interest of futures, market cap, supply and price, all in US dollars. */
export const messariTotals: Layout = {
  id: 'messari-totals',
  kind: 'totals',
  headers: ['time,asset,futures_oi_usd,…,mcap_circulating,…,close,…,supply_circulating'],
  bind(head) {
    const columns = findColumns(head, NAMES, ['at', 'instrument', 'openInterestValue', 'close'])
    return columns === undefined ? undefined : { header: 'first row', columns, venue: 'messari', market: 'perp' }
  },
}

const NAMES = {
  at: ['time'],
  instrument: ['asset'],
  openInterestValue: ['futuresoiusd'],
  close: ['close'],
  marketCap: ['mcapcirculating'],
  supply: ['supplycirculating'],
}
