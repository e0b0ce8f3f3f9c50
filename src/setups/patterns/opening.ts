import { atrStream } from '../../metrics/price/atr.ts'
import type { PatternBars } from './candleTotal.ts'

/** Whether bar `i` opens the way that a pattern asks for; called once for every bar in order. */
export type Opening = (bars: PatternBars, i: number) => boolean

/** How far from the previous close a bar may open to count as opening at it, in ATR(14) of the bar before. */
const REACH_ATR = 0.1

/**
 * Opens at the previous close: within 0.1 ATR(14) of it, the ATR as it stood when the bar opened. What a market without sessions
 * has in place of an opening gap.
 * @returns a reader with its own state; false while the ATR is not defined (the first 15 bars)
 * @example opensAtPreviousClose()(bars, 0) // false
 */
export function opensAtPreviousClose(): Opening {
  const next = atrStream(14)
  let atr = NaN
  return ({ open, high, low, close }, i) => {
    const distance = Math.abs((open[i] as number) - (close[i - 1] as number))
    const isNear = distance <= REACH_ATR * atr
    atr = next({
      open: open[i] as number,
      high: high[i] as number,
      low: low[i] as number,
      close: close[i] as number,
      volume: 0,
    })
    return isNear
  }
}
