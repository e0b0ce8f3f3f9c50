import { findColumns, KNOWN_AT, TIME_NAMES, type Layout } from './layout.ts'

/** Coins in the known wallets of venues: a time, the venue, the asset, and how many. */
export const walletBalances: Layout = {
  id: 'wallet-balances',
  kind: 'wallets',
  headers: ['date,venue,asset,coins'],
  bind(head) {
    const columns = findColumns(head, NAMES, ['at', 'holder', 'quantity'])
    return columns === undefined ? undefined : { header: 'first row', columns }
  },
}

const NAMES = {
  at: TIME_NAMES,
  knownAt: KNOWN_AT,
  holder: ['venue', 'exchange', 'entity'],
  instrument: ['asset', 'symbol', 'ticker'],
  quantity: ['coins', 'balance', 'amount'],
}
