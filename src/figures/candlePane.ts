import type { CandleField, Candles, Grid } from '../core/candles.ts'
import type { Plot } from './plot.ts'
import { element, px } from './svg.ts'

/** The columns of candles that figures draw. `Candles` are such. */
export type DrawnCandles = Grid & Pick<Candles, Extract<CandleField, 'open' | 'high' | 'low' | 'close' | 'volume'>>

/**
 * Candles as four paths: wicks and bodies, up and down. Up is hollow and down is filled, so colour is not needed; an unchanged
 * close counts as up. A bar with a gap is not drawn.
 * @param y - pixels of a price
 */
export function drawCandles(candles: DrawnCandles, plot: Plot, y: (price: number) => number): string {
  const wicks = { up: '', down: '' }
  const bodies = { up: '', down: '' }
  const body = bodyOf(plot)
  for (let i = 0; i < candles.length; i++) {
    const open = candles.open[i] as number
    const close = candles.close[i] as number
    const [high, low] = [y(candles.high[i] as number), y(candles.low[i] as number)]
    if (Number.isNaN(open + close + high + low)) continue
    const side = close >= open ? 'up' : 'down'
    const x = plot.x(i)
    wicks[side] += `M${px(x)},${px(high)}V${px(low)}`
    bodies[side] += body(x, y(Math.max(open, close)), y(Math.min(open, close)))
  }
  return drawSides(wicks, plot) + drawSides(bodies, plot)
}

/**
 * Bars from a base line, hollow where `up` is true and filled where it is false, alike the candles.
 * @param y - pixels of the value of each bar; NaN leaves it out
 * @param base - pixels of zero
 */
export function drawBars(plot: Plot, y: ArrayLike<number>, base: number, isUp: (bar: number) => boolean): string {
  const bodies = { up: '', down: '' }
  const body = bodyOf(plot)
  for (let i = 0; i < plot.grid.length; i++) {
    const end = y[i] as number
    if (Number.isNaN(end)) continue
    bodies[isUp(i) ? 'up' : 'down'] += body(plot.x(i), Math.min(end, base), Math.max(end, base))
  }
  return drawSides(bodies, plot)
}

/** Pixels of an outline: thin where bars are narrow, so that hollow bodies stay hollow. */
const outlineOf = ({ step }: Plot): number => (step < 2.5 ? 0.45 : step < 4 ? 0.7 : 1)

function bodyOf(plot: Plot): (x: number, top: number, bottom: number) => string {
  const outline = outlineOf(plot)
  const width = Math.max(0.8, Math.min(plot.step * 0.72, 14) - outline)
  return (x, top, bottom) => {
    const height = Math.max(0, bottom - top - outline)
    const start = `M${px(x - width / 2)},${px(top + Math.min(outline, bottom - top) / 2)}`
    return height < 0.1 ? `${start}h${px(width)}` : `${start}h${px(width)}v${px(height)}h${px(-width)}z`
  }
}

function drawSides(paths: { readonly up: string; readonly down: string }, plot: Plot): string {
  const draw = (side: 'up' | 'down'): string =>
    paths[side] === ''
      ? ''
      : element('path', { class: `f-${side}`, 'stroke-width': outlineOf(plot).toFixed(2), d: paths[side] })
  return draw('up') + draw('down')
}
