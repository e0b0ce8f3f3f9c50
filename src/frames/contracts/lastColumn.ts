import { gaps, type Grid } from '../../core/candles.ts'

/** Values at instants, oldest first. */
export interface Readings {
  readonly at: readonly number[]
  readonly value: readonly number[]
  /** What a value is of in ms: 0 for a reading at its instant, a day for a value of a day. */
  readonly spanMs: number
}

/**
 * The last reading in each bar. One of a longer stretch than a bar stands where that stretch ends.
 * @param carriedBars - bars for which a reading still stands where no later one is there
 * @returns a column on the grid; gaps where there is none
 * @example lastColumn({ at: [0], value: [5], spanMs: 0 }, grid, 1) // [5, 5, NaN, …]
 */
export function lastColumn({ at, value, spanMs }: Readings, grid: Grid, carriedBars = 0): Float64Array {
  const column = gaps(grid.length)
  const ends = spanMs > 0 ? spanMs - 1 : 0
  for (const [k, ms] of at.entries()) {
    const bar = Math.floor((ms + ends - grid.start) / grid.step)
    for (let i = Math.max(bar, 0); i <= bar + carriedBars && i < grid.length; i++) column[i] = value[k] as number
  }
  return column
}
