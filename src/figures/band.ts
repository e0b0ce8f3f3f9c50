import { area } from 'd3-shape'
import type { Plot } from './plot.ts'
import { element } from './svg.ts'

/** A range of values at each bar, drawn lightly under the lines: what a number can be where its meaning is not known. */
export interface Band {
  /** Begins the names of its two columns in the data. */
  readonly id: string
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/** True where a band has any height to draw. */
export const hasHeight = ({ lower, upper }: Band): boolean => lower.some((low, i) => low < (upper[i] as number))

/** A band in the unit of its pane; it breaks at gaps. */
export function drawBand(plot: Plot, { lower, upper }: Band, y: (value: number) => number): string {
  const path = area<number>()
    .defined((i) => !Number.isNaN((lower[i] as number) + (upper[i] as number)))
    .x((i) => plot.x(i))
    .y0((i) => y(lower[i] as number))
    .y1((i) => y(upper[i] as number))
    .digits(1)
  const d = path(Array.from(lower, (_, i) => i))
  return d === null ? '' : element('path', { class: 'f-band', d })
}
