import { gaps } from '../../core/candles.ts'
import { formatInstant, parseInstant, plusMs, DAY_MS } from '../../core/instant.ts'
import { DeskError } from '../../core/errors.ts'
import { textParam } from '../../core/params.ts'
import { firstBarOn } from '../window.ts'
import type { Reducer } from './reducer.ts'

/**
 * The mean of a stretch of bars, running up to each bar and standing still after the stretch. Gaps are left out of it.
 * @param values - any unit, oldest first; NaN is a gap
 * @param from - index of the first bar of the stretch
 * @param to - index after its last bar
 * @returns same unit and length; NaN before `from`, at gaps, and while no value has come
 * @example runningMean(Float64Array.of(9, 1, 3, 8), 1, 3) // [NaN, 1, 2, 2]
 */
function runningMean(values: Float64Array, from: number, to: number): Float64Array {
  const out = gaps(values.length)
  let total = 0
  let count = 0
  for (let i = from; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) continue
    if (i < to) {
      total += value
      count++
    }
    if (count > 0) out[i] = total / count
  }
  return out
}

/** `mean(metric, from, to)`: over the bars that open on those days, both included. */
export const mean: Reducer = {
  id: 'mean',
  title: 'Mean',
  params: [
    { name: 'from', kind: 'date' },
    { name: 'to', kind: 'date' },
  ],
  reduce: (values, grid, params) => {
    const from = textParam(params, 'from')
    const to = textParam(params, 'to')
    if (parseInstant(to) < parseInstant(from)) throw new BackwardRangeError(from, to)
    const dayAfter = formatInstant(plusMs(parseInstant(to), DAY_MS))
    return runningMean(values, firstBarOn(grid, from), firstBarOn(grid, dayAfter))
  },
}

export class BackwardRangeError extends DeskError {
  constructor(from: string, to: string) {
    super('BACKWARD_RANGE', `the range from "${from}" to "${to}" runs backwards`, {
      hint: 'put the earlier date first',
    })
  }
}
