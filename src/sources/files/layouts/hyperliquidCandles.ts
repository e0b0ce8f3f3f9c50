import { CANDLE_NAMES, CANDLE_REQUIRED, findColumns, type Layout } from './layout.ts'

/** Candles of Hyperliquid, which names a `coin` where other venues name a symbol; perpetuals unless said. */
export const hyperliquidCandles: Layout = {
  id: 'hyperliquid-candles',
  kind: 'candles',
  headers: ['time,coin,open,high,low,close,volume'],
  bind(head) {
    const columns = findColumns(head, { ...CANDLE_NAMES, instrument: ['coin'] }, ['instrument', ...CANDLE_REQUIRED])
    return columns === undefined ? undefined : { header: 'first row', columns, venue: 'hyperliquid', market: 'perp' }
  },
}
