import type { HistoryDoor } from '../source.ts'
import { klines } from './candleHistory.ts'
import { fundingPaid } from './fundingHistory.ts'
import { openInterestHistory, ratioHistory, takerHistory } from './statisticsHistory.ts'
import { trades } from './tradeHistory.ts'

/** Everything that Binance serves of the past without a key. */
export const history: readonly HistoryDoor[] = [
  klines('spot', '1m'),
  klines('perp', '1m'),
  klines('spot', '1h'),
  klines('perp', '1h'),
  trades('spot'),
  trades('perp'),
  openInterestHistory(),
  ratioHistory('long_short_accounts'),
  ratioHistory('top_accounts'),
  ratioHistory('top_positions'),
  takerHistory(),
  fundingPaid(),
]
