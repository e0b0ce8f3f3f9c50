import type { Bar } from '../core/candles.ts'
import type { Bars } from './setup.ts'

/** Bar `i` as an object, for the streaming forms that read more than the close. */
export const barOf = (bars: Bars, i: number): Bar => ({
  open: bars.open[i] as number,
  high: bars.high[i] as number,
  low: bars.low[i] as number,
  close: bars.close[i] as number,
  volume: bars.volume[i] as number,
})
