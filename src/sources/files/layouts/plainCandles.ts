import { CANDLE_NAMES, CANDLE_REQUIRED, SYMBOL_NAMES, findColumns, type Layout } from './layout.ts'

/** Candles with a header: a time, the four prices, the volume in coins; symbol, extra measures and known_at where there are any. */
export const plainCandles: Layout = {
  id: 'candles',
  kind: 'candles',
  headers: [
    'time,symbol,open,high,low,close,volume',
    'time,symbol,open,high,low,close,volume,quote_volume,trades',
    'time,symbol,open,high,low,close,volume,quote_asset_volume,trades,taker_buy_base,taker_buy_quote',
  ],
  bind(head) {
    const columns = findColumns(head, { ...CANDLE_NAMES, instrument: SYMBOL_NAMES }, CANDLE_REQUIRED)
    return columns === undefined ? undefined : { header: 'first row', columns }
  },
}
