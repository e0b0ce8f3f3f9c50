import { instant, type InstantMs } from '../core/instant.ts'
import type { SetupEvent } from '../setups/setup.ts'
import type { FrameReader } from './frameReader.ts'
import { extremeAround } from './series.ts'

/**
 * When an event was proved wrong: the open of the first later bar that closed beyond its extreme - below the low of one that leant
 * up, above the high of one that leant down. A divergence has the extreme of its second pivot, any other event that of its bar.
 * @returns undefined while it stands; a neutral event always stands
 */
export function voidedAt(reader: FrameReader, event: SetupEvent): InstantMs | undefined {
  const column = event.side === 'long' ? reader.candles.low : reader.candles.high
  if (event.firstPivotAt === undefined || event.pivotAt === undefined) {
    const bar = reader.barOf(event.at)
    return closedBeyond(reader, event, bar, column[bar] ?? NaN)
  }
  const pivot = reader.barOf(event.pivotAt)
  return closedBeyond(reader, event, pivot, extremeAround(column, pivot, event.side === 'long' ? 'lowest' : 'highest'))
}

/**
 * When a break was taken back: the open of the first later bar that closed on the other side of the line that was broken.
 * @param line - the price of the level, or of the channel's edge, as it was broken
 * @returns undefined while it stands
 */
export const takenBackAt = (reader: FrameReader, event: SetupEvent, line: number): InstantMs | undefined =>
  closedBeyond(reader, event, reader.barOf(event.at), line)

function closedBeyond(
  { candles, last }: FrameReader,
  { side }: SetupEvent,
  after: number,
  line: number,
): InstantMs | undefined {
  if (side === 'neutral') return undefined
  for (let bar = after + 1; bar <= last; bar++) {
    const close = candles.close[bar] ?? NaN
    if (side === 'long' ? close < line : close > line) return instant(candles.start + bar * candles.step)
  }
  return undefined
}
