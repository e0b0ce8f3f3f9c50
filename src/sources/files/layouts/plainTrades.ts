import { KNOWN_AT, SYMBOL_NAMES, TIME_NAMES, findColumns, type Layout } from './layout.ts'

/** Trades with a header: a time, an id, price, quantity in coins, and the aggressor as buyer_maker or the taker's side. */
export const plainTrades: Layout = {
  id: 'trades',
  kind: 'trades',
  headers: ['timestamp,trade_id,price,quantity,buyer_maker', 'timestamp,symbol,trade_id,price,quantity,side'],
  bind(head) {
    const names = {
      at: TIME_NAMES,
      knownAt: KNOWN_AT,
      instrument: [...SYMBOL_NAMES, 'coin'],
      tradeId: ['tradeid', 'id'],
      price: ['price'],
      quantity: ['quantity', 'qty', 'amount', 'size'],
      buyerMaker: ['buyermaker', 'isbuyermaker'],
      side: ['side', 'takerside'],
    }
    const columns = findColumns(head, names, ['at', 'tradeId', 'price', 'quantity'])
    if (columns === undefined || (columns.buyerMaker ?? columns.side) === undefined) return undefined
    return { header: 'first row', columns }
  },
}
