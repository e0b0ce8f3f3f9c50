import { findColumns, type Layout } from './layout.ts'

/** Positions of Hyperliquid's accounts at instants, one row each: side, size in units of the name, entry, leverage, liquidation price. */
export const hyperliquidPositions: Layout = {
  id: 'hyperliquid-positions',
  kind: 'positions',
  headers: ['time,address,…,coin,direction,size,entry_px,leverage,…,unrealized_pnl,liquidation_px'],
  bind(head) {
    const columns = findColumns(head, NAMES, ['at', 'account', 'instrument', 'side', 'quantity'])
    return columns === undefined ? undefined : { header: 'first row', columns, venue: 'hyperliquid', market: 'perp' }
  },
}

const NAMES = {
  at: ['time'],
  account: ['address'],
  instrument: ['coin'],
  side: ['direction'],
  quantity: ['size'],
  price: ['entrypx'],
  leverage: ['leverage'],
  unrealised: ['unrealizedpnl'],
  liquidationPrice: ['liquidationpx'],
}
