import { line } from 'd3-shape'
import type { GutterLabel, LineTone } from './gutter.ts'
import type { Plot } from './plot.ts'
import { element } from './svg.ts'

/** A column drawn as a line and named where it ends. */
export interface Line {
  /** Name of its column in the data; divergences name it too. */
  readonly id: string
  /** `EMA 20` */
  readonly label: string
  readonly values: Float64Array
}

/**
 * A line in the unit of its pane; it breaks at gaps, and a value alone between gaps is a dot.
 * @param rests - bars on which there is nothing to have: a line goes straight over those
 */
export function drawLine(
  plot: Plot,
  values: Float64Array,
  y: (value: number) => number,
  className: string,
  rests: (bar: number) => boolean = () => false,
): string {
  const bars = Array.from(values.keys()).filter((i) => !rests(i) || !Number.isNaN(values[i]))
  const path = line<number>()
    .defined((i) => !Number.isNaN(values[i]))
    .x((i) => plot.x(i))
    .y((i) => y(values[i] as number))
    .digits(1)
  const d = path(bars)
  return d === null ? '' : element('path', { class: className, d })
}

/** The last value of a column and its bar; `undefined` for a column of gaps. */
export function lastOf(values: Float64Array): { readonly bar: number; readonly value: number } | undefined {
  const bar = values.findLastIndex((value) => !Number.isNaN(value))
  return bar < 0 ? undefined : { bar, value: values[bar] as number }
}

/** The label at a line's end; none for a column of gaps. */
export function endLabel(
  line: Line,
  tone: LineTone,
  y: (value: number) => number,
  words: (value: number) => { readonly text: string; readonly note?: string },
  x?: (bar: number) => number,
): readonly GutterLabel[] {
  const last = lastOf(line.values)
  if (last === undefined) return []
  const at = { y: y(last.value), ...(x === undefined ? {} : { fromX: x(last.bar) }) }
  return [{ ...at, ...words(last.value), kind: 'line', tone }]
}

/** Pixels of every value of a column. */
export const pixels = (values: Float64Array, y: (value: number) => number): Float64Array =>
  values.map((value) => (Number.isNaN(value) ? NaN : y(value)))

/** Smallest and largest value of some columns; gaps are left out, `undefined` for gaps alone. */
export function extentOf(
  columns: readonly Float64Array[],
): { readonly low: number; readonly high: number } | undefined {
  let [low, high] = [Infinity, -Infinity]
  for (const column of columns) {
    for (const value of column) {
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  return low > high ? undefined : { low, high }
}
