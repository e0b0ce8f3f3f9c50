import type { Frame } from '../core/frame.ts'
import type { PolicyMatter } from '../records/policy.ts'
import { frameReader, type FrameReader } from './frameReader.ts'

/** What is known beside the asset's own market: rates, volatility, equities and gold, sentiment, policy. */
export interface MacroReading {
  /** Daily candles of the asset that equities are compared with, with every plain series that is held. */
  readonly base: FrameReader
  /** Files of policy, whatever was known of them when. */
  readonly policy: readonly PolicyMatter[]
  /** What is not held, each with the command that would bring it. */
  readonly missing: readonly string[]
}

/** A reading from a frame; undefined where it has no candles to lay the days on. */
export function macroReading(
  frame: Frame,
  policy: readonly PolicyMatter[],
  missing: readonly string[],
): MacroReading | undefined {
  return frame.candles === undefined ? undefined : { base: frameReader(frame, frame.candles), policy, missing }
}
