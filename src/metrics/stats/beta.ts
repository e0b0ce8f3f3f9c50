import { numberParam } from '../../core/params.ts'
import type { Metric } from '../metric.ts'
import { needsOfComparison, overCommonDays } from './commonDays.ts'
import { FEWEST } from './pearson.ts'
import { slope } from './slope.ts'

const OUTPUTS = ['value', 'low', 'high', 'n'] as const

/**
 * Registry entry `beta(SYMBOL, n)`: how much an asset moved for a move of a series of the New York session, by least squares over the log
 * changes of the last `n` common trading days at that session's close, with its 95 % interval.
 */
export const betaMetric: Metric = {
  id: 'beta',
  title: 'Beta at the close in New York',
  params: [
    { name: 'symbol', kind: 'word' },
    { name: 'n', kind: 'count', default: 30, min: FEWEST },
  ],
  outputs: [
    { name: 'value', unit: 'ratio' },
    { name: 'low', unit: 'ratio' },
    { name: 'high', unit: 'ratio' },
    { name: 'n', unit: 'count' },
  ],
  needs: needsOfComparison,
  compute: (frame, params) =>
    overCommonDays(frame, params, {
      n: numberParam(params, 'n'),
      outputs: OUTPUTS,
      of: (asset, series) => ({ ...slope(series, asset) }),
    }),
}
