import { numberParam } from '../../core/params.ts'
import type { Metric } from '../metric.ts'
import { needsOfComparison, overCommonDays } from './commonDays.ts'
import { FEWEST, pearson } from './pearson.ts'

const OUTPUTS = ['value', 'low', 'high', 'n'] as const

/**
 * Registry entry `correlation(SYMBOL, n)`: Pearson's correlation of the log changes of an asset and of a series of the New York session over
 * the last `n` common trading days, both taken at that session's close, with its 95 % interval. A weekend is part of the change to Monday.
 */
export const correlationMetric: Metric = {
  id: 'correlation',
  title: 'Correlation at the close in New York',
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
      of: (asset, series) => ({ ...pearson(asset, series) }),
    }),
}
