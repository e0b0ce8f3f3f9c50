import { binanceDump } from './binanceDump.ts'
import { findColumns, type Layout } from './layout.ts'

/** Funding that was paid, of Binance's public dumps of USD-M contracts; the symbol is in the file's name. */
export const binanceFunding: Layout = {
  id: 'binance-funding',
  kind: 'funding',
  headers: ['calc_time,funding_interval_hours,last_funding_rate'],
  bind(head) {
    const names = { at: ['calctime'], hours: ['fundingintervalhours'], rate: ['lastfundingrate'] }
    const columns = findColumns(head, names, ['at', 'rate'])
    return columns === undefined ? undefined : { header: 'first row', columns, market: 'perp', ...binanceDump(head) }
  },
}
