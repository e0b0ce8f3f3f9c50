import { instant, type InstantMs } from '../core/instant.ts'
import type { SetupEvent } from '../setups/setup.ts'
import type { FrameReader } from './frameReader.ts'

/**
 * When an event was proved wrong: the open of the first later bar that closed beyond the extreme of its second pivot, or of its own bar
 * where it joins none: below the low for one that leant up, above the high for one that leant down.
 * @returns undefined while it stands; a neutral event always stands
 */
export function voidedAt(reader: FrameReader, event: SetupEvent): InstantMs | undefined {
  if (event.side === 'neutral') return undefined
  const { candles, last } = reader
  const base = reader.barOf(event.firstPivotAt === undefined ? event.at : (event.pivotAt ?? event.at))
  const long = event.side === 'long'
  const extreme = (long ? candles.low[base] : candles.high[base]) ?? NaN
  for (let bar = base + 1; bar <= last; bar++) {
    const close = candles.close[bar] ?? NaN
    if (long ? close < extreme : close > extreme) return instant(candles.start + bar * candles.step)
  }
  return undefined
}
