import { findColumns, type Layout } from './layout.ts'

/**
 * Trades of Bybit's public dumps of contracts (public.bybit.com/trading). Seconds with a fraction; the taker's side. `size`
 * counts coins, for inverse contracts (quoted in USD) dollars: coins are then size over price, whatever the notional columns
 * are called.
 */
export const bybitTrades: Layout = {
  id: 'bybit-trades',
  kind: 'trades',
  headers: ['timestamp,symbol,side,size,price,tickDirection,trdMatchID,grossValue,homeNotional,foreignNotional[,RPI]'],
  bind(head) {
    const names = {
      at: ['timestamp'],
      instrument: ['symbol'],
      side: ['side'],
      quantity: ['size'],
      price: ['price'],
      tradeId: ['trdmatchid'],
    }
    const columns = findColumns(head, names, ['at', 'instrument', 'side', 'quantity', 'price', 'tradeId'])
    if (columns === undefined) return undefined
    return { header: 'first row', columns, venue: 'bybit', market: 'perp', quantity: 'usd where inverse' }
  },
}
