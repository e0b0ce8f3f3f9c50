import { comparisonMetric } from './comparison.ts'
import { pearson } from './pearson.ts'

/**
 * Registry entry `correlation(SYMBOL, n)`: Pearson's correlation of the log changes of an asset and of a series of the New York session over
 * the last `n` common trading days, both taken at that session's close, with its 95 % interval. A weekend is part of the change to Monday.
 */
export const correlationMetric = comparisonMetric({
  id: 'correlation',
  title: 'Correlation at the close in New York',
  of: pearson,
})
