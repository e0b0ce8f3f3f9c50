import type { HistoryDoor } from '../source.ts'
import { candleHistory } from './candleHistory.ts'
import { fundingHistory } from './fundingHistory.ts'
import { liquidationHistory } from './liquidationHistory.ts'
import { ratioHistory } from './ratioHistory.ts'
import { tradeHistory } from './tradeHistory.ts'

/** Everything that Bitget serves of the past without a key. */
export const history: readonly HistoryDoor[] = [
  ...(['1m', '1h'] as const).flatMap((interval) => [candleHistory('spot', interval), candleHistory('perp', interval)]),
  tradeHistory('spot'),
  tradeHistory('perp'),
  fundingHistory,
  ratioHistory('top_accounts', '/api/v2/mix/market/account-long-short', 'accountRatio'),
  ratioHistory('top_positions', '/api/v2/mix/market/position-long-short', 'positionRatio'),
  liquidationHistory,
]
