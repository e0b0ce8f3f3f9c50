import { candle } from '../records/candle.ts'
import { coverage } from '../records/coverage.ts'
import { executiveOrder } from '../records/executiveOrder.ts'
import { funding } from '../records/funding.ts'
import { futuresSettlement } from '../records/futuresSettlement.ts'
import { indexLevel } from '../records/indexLevel.ts'
import { instrument } from '../records/instrument.ts'
import { liquidation } from '../records/liquidation.ts'
import { openInterest } from '../records/openInterest.ts'
import { marketCap } from '../records/marketCap.ts'
import { position } from '../records/position.ts'
import { positioning } from '../records/positioning.ts'
import { rateProbability } from '../records/rateProbability.ts'
import type { RecordSpec } from '../records/record.ts'
import { ticker } from '../records/ticker.ts'
import { trade } from '../records/trade.ts'
import { walletBalance } from '../records/walletBalance.ts'

/** The record kinds that the store keeps, one table each. */
export const RECORDS: readonly RecordSpec[] = [
  candle,
  trade,
  indexLevel,
  instrument,
  openInterest,
  funding,
  positioning,
  liquidation,
  ticker,
  position,
  coverage,
  marketCap,
  walletBalance,
  rateProbability,
  futuresSettlement,
  executiveOrder,
]
