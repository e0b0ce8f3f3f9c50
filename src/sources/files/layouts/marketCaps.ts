import { findColumns, KNOWN_AT, TIME_NAMES, type Layout } from './layout.ts'

/** Market caps or supplies of assets, as most lists of coins export them: a date, a ticker, and at least one of the two. */
export const marketCaps: Layout = {
  id: 'market-caps',
  kind: 'supply',
  headers: ['date,asset,market_cap,supply,price', 'date,symbol,current_price_usd,market_cap_usd,circulating_supply'],
  bind(head) {
    const columns = findColumns(head, NAMES, ['at'])
    if (columns === undefined || (columns.marketCap === undefined && columns.supply === undefined)) return undefined
    return { header: 'first row', columns }
  },
}

const NAMES = {
  at: TIME_NAMES,
  knownAt: KNOWN_AT,
  instrument: ['symbol', 'ticker', 'asset'],
  marketCap: ['marketcap', 'marketcapusd', 'mcap', 'mcapcirculating', 'capmrktcurusd'],
  supply: ['supply', 'circulatingsupply', 'supplycirculating', 'splycur'],
  price: ['price', 'priceusd', 'currentpriceusd', 'close'],
}
