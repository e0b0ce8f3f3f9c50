import { DeskError } from '../../../core/errors.ts'
import { binanceDump, isCoinMargined } from './binanceDump.ts'
import { findColumns, isFlag, isNumeric, placeColumns, type Head, type Layout } from './layout.ts'

/**
 * Aggregated trades of Binance's public dumps, with or without header; spot files end in `is_best_match`, futures files do
 * not and are taken for perpetuals. The first millisecond of an aggregate is its time, its aggregate id the trade's id.
 */
export const binanceAggTrades: Layout = {
  id: 'binance-aggtrades',
  kind: 'trades',
  headers: [
    'agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker[,is_best_match]',
    '(no header, the same columns, in a file named SYMBOL-aggTrades-YYYY-MM)',
  ],
  bind(head) {
    const header = findColumns(head, NAMES, ['at', 'tradeId', 'price', 'quantity', 'buyerMaker'])
    if (header === undefined && !isBare(head)) return undefined
    const dump = binanceDump(head)
    if (isCoinMargined(dump.instrument)) throw new ContractCountError(dump.instrument ?? '')
    const columns = header ?? placeColumns('tradeId', 'price', 'quantity', undefined, undefined, 'at', 'buyerMaker')
    const hasBestMatch =
      header === undefined ? head.cells.length === 8 : head.cells.some((cell) => /best_?match/i.test(cell))
    return {
      header: header === undefined ? 'none' : 'first row',
      columns,
      market: hasBestMatch ? 'spot' : 'perp',
      ...dump,
    }
  },
}

const NAMES = {
  at: ['transacttime', 'timestamp', 'time'],
  tradeId: ['aggtradeid', 'aggid'],
  price: ['price'],
  quantity: ['quantity', 'qty'],
  buyerMaker: ['isbuyermaker'],
}

const isBare = ({ cells }: Head): boolean =>
  (cells.length === 7 || (cells.length === 8 && isFlag(cells[7]))) &&
  cells.slice(0, 6).every(isNumeric) &&
  isFlag(cells[6])

/** Thrown where a file counts contracts and holds nothing that turns them into coins. */
export class ContractCountError extends DeskError {
  constructor(instrument: string) {
    super('CONTRACT_COUNT', `aggregated trades of "${instrument}" count contracts, not coins`, {
      hint: `import its trades file instead (${instrument}-trades-…), which has a base_qty column`,
    })
  }
}
