import type { Candles } from '../../src/core/candles.ts'
import type { Frame } from '../../src/core/frame.ts'
import { closeAt } from '../../src/core/candles.ts'

/** A frame that holds these candles and nothing else, as of their last close. */
export function frameOfCandles(candles: Candles): Frame {
  const { start, step, length } = candles
  return {
    asset: 'TEST',
    asOf: closeAt(candles, length - 1),
    interval: '1d',
    grid: { start, step, length },
    candles,
    quotes: new Map(),
    columns: new Map(),
    inputs: [],
    conventions: [],
  }
}
