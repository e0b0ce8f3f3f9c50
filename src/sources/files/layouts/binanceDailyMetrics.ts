import { findColumns, type Layout } from './layout.ts'

/**
 * Binance's five-minute statistics averaged over a day: open interest in coins and in millions of dollars, and the four ratios.
 * The instrument stands in the file's name.
 */
export const binanceDailyMetrics: Layout = {
  id: 'binance-metrics-daily-means',
  kind: 'metrics',
  headers: ['date,oi,oi_value_musd,toptrader_acc_ls,toptrader_pos_ls,global_acc_ls,taker_ls'],
  bind(head) {
    const columns = findColumns(head, NAMES, ['at', 'openInterest', 'openInterestMillions'])
    if (columns === undefined) return undefined
    const instrument = /^([A-Z0-9]+)_metrics_1d/i.exec(head.stem)?.[1]
    const named = instrument === undefined ? {} : { instrument: instrument.toUpperCase() }
    return { header: 'first row', columns, venue: 'binance', market: 'perp', averagedOver: '1d', ...named }
  },
}

const NAMES = {
  at: ['date'],
  openInterest: ['oi'],
  openInterestMillions: ['oivaluemusd'],
  top_accounts: ['toptraderaccls'],
  top_positions: ['toptraderposls'],
  long_short_accounts: ['globalaccls'],
  taker_ratio: ['takerls'],
}
