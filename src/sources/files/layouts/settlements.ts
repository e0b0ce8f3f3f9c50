import { findColumns, KNOWN_AT, TIME_NAMES, type Layout } from './layout.ts'

/** Settlement prices of fed funds futures as somebody has written them down: a day, a contract, a price, and where it was read. They are of a file, and not of CME itself. */
export const settlements: Layout = {
  id: 'settlements',
  kind: 'settlements',
  headers: ['date,contract,price,source'],
  bind(head) {
    const columns = findColumns(head, NAMES, ['at', 'contract', 'price', 'source'])
    return columns === undefined ? undefined : { header: 'first row', columns }
  },
}

const NAMES = {
  at: TIME_NAMES,
  knownAt: KNOWN_AT,
  contract: ['contract', 'symbol', 'month'],
  price: ['price', 'settle', 'settlement', 'settlementprice'],
  source: ['source', 'address', 'url'],
}
