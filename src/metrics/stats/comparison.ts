import { numberParam } from '../../core/params.ts'
import type { Metric } from '../metric.ts'
import { needsOfComparison, overCommonDays } from './commonDays.ts'
import { FEWEST } from './pearson.ts'

const OUTPUTS = ['value', 'low', 'high', 'n'] as const

/** A statistic with its 95 % interval and the pairs it rests on. */
type Estimate = Readonly<Record<(typeof OUTPUTS)[number], number>>

/**
 * The registry entry of a statistic of an asset's log changes and those of a series of the New York session, over the last `n` common days.
 * @param of - the statistic of both changes, oldest first
 * @returns a metric `id(SYMBOL, n)`
 * @example comparisonMetric({ id: 'correlation', title: 'Correlation', of: pearson }).needs({ symbol: 'SPX', n: 30 })
 */
export const comparisonMetric = ({
  of,
  ...entry
}: Pick<Metric, 'id' | 'title'> & {
  readonly of: (asset: readonly number[], series: readonly number[]) => Estimate
}): Metric => ({
  ...entry,
  params: [
    { name: 'symbol', kind: 'word' },
    { name: 'n', kind: 'count', default: 30, min: FEWEST },
  ],
  outputs: OUTPUTS.map((name) => ({ name, unit: name === 'n' ? 'count' : 'ratio' })),
  needs: needsOfComparison,
  compute: (frame, params) => overCommonDays(frame, params, { n: numberParam(params, 'n'), outputs: OUTPUTS, of }),
})
