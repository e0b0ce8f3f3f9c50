import { dumpName } from '../fileName.ts'
import { findColumns, type Layout } from './layout.ts'

/**
 * Trades of Bybit's public dumps of spot pairs (public.bybit.com/spot): the symbol is in the file's name, the side the taker's.
 * Ids count from 1 in every file and are not those of the venue's other doors, so the period of the file is part of them.
 */
export const bybitSpotTrades: Layout = {
  id: 'bybit-spot-trades',
  kind: 'trades',
  headers: ['id,timestamp,price,volume,side[,rpi]'],
  bind(head) {
    const names = { tradeId: ['id'], at: ['timestamp'], price: ['price'], quantity: ['volume'], side: ['side'] }
    const columns = findColumns(head, { ...names, instrument: ['symbol'] }, [
      'tradeId',
      'at',
      'price',
      'quantity',
      'side',
    ])
    if (columns === undefined || columns.instrument !== undefined) return undefined
    const name = dumpName(head.stem)
    const instrument = head.instrument ?? name?.instrument
    const named = instrument === undefined ? {} : { instrument }
    const numbered = { idPrefix: name === undefined ? 'file/' : `${name.period}/` }
    return { header: 'first row', columns, venue: 'bybit', market: 'spot', ...named, ...numbered }
  },
}
