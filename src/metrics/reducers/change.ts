import { warmUp } from '../warmUp.ts'
import { textParam } from '../../core/params.ts'
import { percentChange } from '../percentChange.ts'
import { windowBars } from '../window.ts'
import type { ChangeBetween } from '../metric.ts'
import type { Reducer } from './reducer.ts'

/**
 * Change against the value `bars` earlier, as a share of that value's size; of a sum whose parts come and go over those that stay.
 * @param values - any unit, oldest first; NaN is a gap
 * @param bars - how far back to look, from 1
 * @param between - the change between two bars; from the values unless said
 * @returns percent, same length; NaN on the first `bars`, where either value is a gap, and where the earlier one is 0
 * @example percentChanges(Float64Array.of(50, 40), 1) // [NaN, -20]
 */
function percentChanges(
  values: Float64Array,
  bars: number,
  between: ChangeBetween = (from, to) => percentChange(values[from] as number, values[to] as number),
): Float64Array {
  const out = warmUp(values.length, bars)
  for (let i = bars; i < values.length; i++) out[i] = between(i - bars, i)
  return out
}

/** `change(metric, window)`: in percent against the value one window earlier, a whole number of bars. */
export const change: Reducer = {
  id: 'change',
  title: 'Change',
  params: [{ name: 'window', kind: 'duration' }],
  unit: 'pct',
  reduce: (values, grid, params, changes) =>
    percentChanges(values, windowBars(textParam(params, 'window'), grid.step), changes),
}
