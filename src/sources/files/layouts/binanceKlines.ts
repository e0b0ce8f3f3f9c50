import { binanceDump, isCoinMargined } from './binanceDump.ts'
import { CANDLE_NAMES, findColumns, isNumeric, placeColumns, type Columns, type Head, type Layout } from './layout.ts'

/**
 * Klines of Binance's public dumps (github.com/binance/binance-public-data), with or without header. Symbol and interval
 * are in the file's name only. Times are milliseconds, for spot microseconds from 2025 on. Coin-margined files count contracts
 * in `volume` and coins in the columns that else hold quote volumes; quote volumes are then unknown.
 */
export const binanceKlines: Layout = {
  id: 'binance-klines',
  kind: 'candles',
  headers: [
    'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore',
    '(no header, the same 12 columns, in a file named SYMBOL-INTERVAL-YYYY-MM)',
  ],
  bind(head) {
    const header = findHeader(head)
    const columns = header ?? (isBare(head) ? BARE : undefined)
    if (columns === undefined) return undefined
    const dump = binanceDump(head)
    const placed = isCoinMargined(dump.instrument) ? coinMargined(columns) : columns
    return { header: header === undefined ? 'none' : 'first row', columns: placed, ...dump }
  },
}

const BARE = placeColumns(
  ...(['at', 'open', 'high', 'low', 'close', 'volume', undefined, 'quoteVolume', 'trades'] as const),
  ...(['takerBuyVolume', 'takerBuyQuoteVolume'] as const),
)

const isBare = (head: Head): boolean => head.cells.length === 12 && head.cells.every(isNumeric)

function findHeader(head: Head): Columns | undefined {
  const names = { ...CANDLE_NAMES, at: ['opentime'], value: ['closetime'], instrument: ['symbol'] }
  const found = findColumns(head, names, ['at', 'value', 'open', 'high', 'low', 'close', 'volume', 'quoteVolume'])
  if (found === undefined || found.instrument !== undefined) return undefined
  const { value: _closeTime, ...columns } = found
  return columns
}

function coinMargined(columns: Columns): Columns {
  const { volume: _contracts, quoteVolume, takerBuyVolume: _takerContracts, takerBuyQuoteVolume, ...rest } = columns
  return {
    ...rest,
    ...(quoteVolume === undefined ? {} : { volume: quoteVolume }),
    ...(takerBuyQuoteVolume === undefined ? {} : { takerBuyVolume: takerBuyQuoteVolume }),
  }
}
