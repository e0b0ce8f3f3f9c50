import { gaps, runs, sliceCandles, type CandleField, type Candles } from '../core/candles.ts'
import type { Columns, Output } from './metric.ts'

/** What a kernel is given: candles without a gap in the fields that it reads. */
export interface RunKernel {
  /** The fields it reads; a bar that lacks one of them is a gap. */
  readonly fields: readonly CandleField[]
  readonly outputs: readonly Output[]
  readonly compute: (run: Candles) => Columns
}

/**
 * Computes each run of candles without a gap by itself: a gap restarts the warm-up, nothing is carried across it.
 * @param candles - columns on one grid, oldest first; NaN is a gap
 * @returns the kernel's columns on the whole grid; NaN at gaps and in the warm-up of every run
 * @example byRun(candles, { fields: ['close'], outputs, compute: ({ close }) => ({ value: sma(close, 3) }) })
 */
export function byRun(candles: Candles, kernel: RunKernel): Columns {
  const found = runs(presence(candles, kernel.fields))
  const [first] = found
  if (first !== undefined && first[0] === 0 && first[1] === candles.length) return kernel.compute(candles)
  const whole = Object.fromEntries(kernel.outputs.map(({ name }) => [name, gaps(candles.length)]))
  for (const [from, to] of found) {
    const part = kernel.compute(sliceCandles(candles, from, to))
    for (const [name, column] of Object.entries(part)) whole[name]?.set(column, from)
  }
  return whole
}

/** A column that is NaN wherever one of the fields is. */
function presence(candles: Candles, fields: readonly CandleField[]): Float64Array {
  const [first, ...rest] = fields.map((field) => candles[field])
  if (first === undefined || rest.length === 0) return first ?? candles.close
  const all = Float64Array.from(first)
  for (const column of rest) for (let i = 0; i < all.length; i++) all[i] = (all[i] as number) + (column[i] as number)
  return all
}
