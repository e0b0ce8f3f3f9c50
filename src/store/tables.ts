import { candle } from '../records/candle.ts'
import { indexLevel } from '../records/indexLevel.ts'
import { instrument } from '../records/instrument.ts'
import type { RecordSpec } from '../records/record.ts'
import { trade } from '../records/trade.ts'

/** The record kinds that the store keeps, one table each. */
export const RECORDS: readonly RecordSpec[] = [candle, trade, indexLevel, instrument]
