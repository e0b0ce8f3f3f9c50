import { comparisonMetric } from './comparison.ts'
import { slope } from './slope.ts'

/**
 * Registry entry `beta(SYMBOL, n)`: how much an asset moved for a move of a series of the New York session, by least squares over the log
 * changes of the last `n` common trading days at that session's close, with its 95 % interval.
 */
export const betaMetric = comparisonMetric({
  id: 'beta',
  title: 'Beta at the close in New York',
  of: (asset, series) => slope(series, asset),
})
