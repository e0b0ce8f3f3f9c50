import { scaleLinear } from 'd3-scale'
import { drawBars, type DrawnCandles } from './candlePane.ts'
import { formatCompact } from './format.ts'
import { extentOf } from './linePane.ts'
import type { Plot } from './plot.ts'
import { horizontal, textAt } from './svg.ts'

/** False where the source gives no volume at all. */
export const hasVolume = (candles: DrawnCandles): boolean => (extentOf([candles.volume])?.high ?? 0) > 0

/** Volume bars between `top` and `bottom`, hollow and filled like their candles, with the one tick that is needed to read them. */
export function drawVolume(
  candles: DrawnCandles,
  unit: string,
  plot: Plot,
  { top, bottom }: { readonly top: number; readonly bottom: number },
): string {
  const highest = extentOf([candles.volume])?.high ?? 0
  const y = scaleLinear([0, highest], [bottom, top])
  const tick = y.ticks(3).findLast((value) => value > 0 && value <= highest) ?? highest
  const ends = candles.volume.map((volume, i) => (Number.isNaN(candles.close[i]) ? NaN : y(volume)))
  const size = plot.layout.label
  return (
    horizontal(y(tick), plot.left, plot.right, 'f-grid') +
    drawBars(plot, ends, bottom, (i) => (candles.close[i] as number) >= (candles.open[i] as number)) +
    horizontal(bottom, plot.left, plot.right, 'f-axis') +
    textAt(plot.right + 9, y(tick) + size * 0.35, formatCompact(tick), { class: 'f-m' }) +
    textAt(plot.left, top - 4, `Volume, ${unit}`, { class: 'f-m f-halo' })
  )
}
