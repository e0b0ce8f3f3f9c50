import type { Candles } from '../../src/core/candles.ts'
import { DAY_MS } from '../../src/core/instant.ts'
import { readSymbol } from './readSymbol.ts'

/** Daily candles of one symbol from a gzipped CSV `time,symbol,open,high,low,close,volume`; days without a row are gaps. */
export const readDaily = (path: string, symbol: string): Candles => readSymbol(path, symbol, DAY_MS)
