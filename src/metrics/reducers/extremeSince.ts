import { gaps } from '../../core/candles.ts'
import { textParam } from '../../core/params.ts'
import { firstBarOn } from '../window.ts'
import type { Reducer } from './reducer.ts'

/**
 * The lowest value since a bar, running up to each bar. Gaps are skipped, not carried.
 * @param values - any unit, oldest first; NaN is a gap
 * @param from - index of the first bar looked at
 * @returns same unit and length; NaN before `from` and at gaps
 * @example runningLow(Float64Array.of(1, 3, 2, 4), 1) // [NaN, 3, 2, 2]
 */
function runningLow(values: Float64Array, from = 0): Float64Array {
  const out = gaps(values.length)
  let lowest = Infinity
  for (let i = from; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) continue
    if (value < lowest) lowest = value
    out[i] = lowest
  }
  return out
}

/**
 * The highest value since a bar, running up to each bar: the mirror of {@link runningLow}.
 * @example runningHigh(Float64Array.of(9, 1, 3, 2), 1) // [NaN, 1, 3, 3]
 */
function runningHigh(values: Float64Array, from = 0): Float64Array {
  const out = gaps(values.length)
  let highest = -Infinity
  for (let i = from; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) continue
    if (value > highest) highest = value
    out[i] = highest
  }
  return out
}

/** `low_since(metric, date)`: from the first bar that opens on that date. */
export const lowSince: Reducer = {
  id: 'low_since',
  title: 'Lowest since',
  params: [{ name: 'date', kind: 'date' }],
  reduce: (values, grid, params) => runningLow(values, firstBarOn(grid, textParam(params, 'date'))),
}

/** `high_since(metric, date)`: from the first bar that opens on that date. */
export const highSince: Reducer = {
  id: 'high_since',
  title: 'Highest since',
  params: [{ name: 'date', kind: 'date' }],
  reduce: (values, grid, params) => runningHigh(values, firstBarOn(grid, textParam(params, 'date'))),
}
