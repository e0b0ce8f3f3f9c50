import { gaps, type Grid } from '../../core/candles.ts'

/** A value of a day, and the column that it stands in. */
export interface DayValue {
  readonly name: string
  /** 00:00Z of the day. */
  readonly at: number
  readonly value: number
}

/** Columns of values of days, each on the bar that opens with its day; what lies beyond the grid is left out. */
export function dayColumns(values: Iterable<DayValue>, grid: Grid): Readonly<Record<string, Float64Array>> {
  const columns: Record<string, Float64Array> = {}
  for (const { name, at, value } of values) {
    const column = (columns[name] ??= gaps(grid.length))
    const bar = (at - grid.start) / grid.step
    if (bar >= 0 && bar < grid.length) column[bar] = value
  }
  return columns
}
