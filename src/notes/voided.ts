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
  if (event.side === 'neutral') return undefined
  const { candles, last } = reader
  const long = event.side === 'long'
  const column = long ? candles.low : candles.high
  const bar = reader.barOf(event.at)
  const isDivergence = event.firstPivotAt !== undefined && event.pivotAt !== undefined
  const extreme = isDivergence
    ? extremeAround(column, reader.barOf(event.pivotAt), long ? 'lowest' : 'highest')
    : (column[bar] ?? NaN)
  const base = isDivergence ? reader.barOf(event.pivotAt) : bar
  for (let later = base + 1; later <= last; later++) {
    const close = candles.close[later] ?? NaN
    if (long ? close < extreme : close > extreme) return instant(candles.start + later * candles.step)
  }
  return undefined
}
