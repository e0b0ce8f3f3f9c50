import { binanceDump } from './binanceDump.ts'
import {
  findColumns,
  isFlag,
  isNumeric,
  placeColumns,
  type Binding,
  type Columns,
  type Head,
  type Layout,
} from './layout.ts'

/**
 * Single trades of Binance's public dumps, with or without header. Spot files end in `is_best_match`; futures files do not,
 * and are taken for perpetuals. Coin-margined files with a header hold coins in `base_qty`.
 */
export const binanceTrades: Layout = {
  id: 'binance-trades',
  kind: 'trades',
  headers: [
    'id,price,qty,quote_qty,time,is_buyer_maker[,is_best_match]',
    'id,price,qty,base_qty,time,is_buyer_maker',
    '(no header, the same columns, in a file named SYMBOL-trades-YYYY-MM)',
  ],
  bind: (head) => withHeader(head) ?? bare(head),
}

const NAMES = { at: ['time'], tradeId: ['id', 'tradeid'], price: ['price'], buyerMaker: ['isbuyermaker'] }

function withHeader(head: Head): Binding | undefined {
  const best = findColumns(head, { value: ['isbestmatch'] }, ['value'])
  const coins = findColumns(head, { ...NAMES, quantity: ['baseqty'] }, REQUIRED)
  const columns = coins ?? findColumns(head, { ...NAMES, quantity: ['qty'], quoteVolume: ['quoteqty'] }, REQUIRED)
  return columns && bound(head, 'first row', columns, best === undefined ? 'perp' : 'spot')
}

const REQUIRED = ['at', 'tradeId', 'price', 'quantity', 'buyerMaker'] as const

/** The fourth column of a bare coin-margined file is coins, that of any other is quote volume. */
function bare(head: Head): Binding | undefined {
  const { cells } = head
  const isSpot = cells.length === 7 && isFlag(cells[6])
  if (!cells.slice(0, 5).every(isNumeric) || !isFlag(cells[5]) || !(isSpot || cells.length === 6)) return undefined
  const inverse = /USD_(PERP|\d{6})$/.test(binanceDump(head).instrument ?? '')
  const columns = inverse
    ? placeColumns('tradeId', 'price', undefined, 'quantity', 'at', 'buyerMaker')
    : placeColumns('tradeId', 'price', 'quantity', undefined, 'at', 'buyerMaker')
  return bound(head, 'none', columns, isSpot ? 'spot' : 'perp')
}

const bound = (head: Head, header: Binding['header'], columns: Columns, market: 'spot' | 'perp'): Binding => ({
  header,
  columns,
  market,
  ...binanceDump(head),
})
