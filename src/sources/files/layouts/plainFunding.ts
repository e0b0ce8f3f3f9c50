import { findColumns, SYMBOL_NAMES, type Layout } from './layout.ts'

/** Funding that was paid, of one venue: a time, a symbol, a rate for one interval. The venue is to be said. */
export const plainFunding: Layout = {
  id: 'funding',
  kind: 'funding',
  headers: ['time,symbol,funding_rate', 'time,coin,funding_rate'],
  bind(head) {
    const columns = findColumns(head, NAMES, ['at', 'instrument', 'rate'])
    return columns === undefined ? undefined : { header: 'first row', columns, market: 'perp' }
  },
}

const NAMES = {
  at: ['time', 'timestamp', 'fundingtime', 'date'],
  instrument: [...SYMBOL_NAMES, 'coin'],
  rate: ['fundingrate', 'rate'],
  hours: ['fundingintervalhours', 'hours'],
}
