import { CANDLE_FIELDS, gaps, type CandleField, type Candles, type Grid } from '../core/candles.ts'
import type { Frame } from '../core/frame.ts'
import { DAY_MS, plusMs, startOfDay } from '../core/instant.ts'
import type { PolicyMatter } from '../records/policy.ts'
import { frameReader, type FrameReader } from './frameReader.ts'

/** What is known beside the asset's own market: rates, volatility, equities and gold, sentiment, policy. */
export interface MacroReading {
  /**
   * Days with what is held of them: the price of an asset at New York's closes, and plain series. The last one may be running: a close in
   * New York is known hours before the day ends in UTC.
   */
  readonly base: FrameReader
  /** Files of policy, whatever was known of them when. */
  readonly policy: readonly PolicyMatter[]
  /** What is not held, each with the command that would bring it. */
  readonly missing: readonly string[]
}

/** A reading from a frame of plain series and columns by day. */
export function macroReading(frame: Frame, policy: readonly PolicyMatter[], missing: readonly string[]): MacroReading {
  const grid = frame.grid.length > 0 ? frame.grid : yesterday(frame)
  return { base: frameReader({ ...frame, grid }, withoutCandles(grid)), policy, missing }
}

/** A day to speak of where nothing is held but policy. */
const yesterday = ({ asOf }: Frame): Grid => ({
  start: plusMs(startOfDay(asOf), -DAY_MS),
  step: DAY_MS,
  length: 1,
})

function withoutCandles(grid: Grid): Candles {
  const none = gaps(grid.length)
  return {
    ...grid,
    ...(Object.fromEntries(CANDLE_FIELDS.map((field) => [field, none])) as Record<CandleField, Float64Array>),
  }
}
