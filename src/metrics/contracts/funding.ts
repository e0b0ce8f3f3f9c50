import { DAY_MS } from '../../core/instant.ts'
import { trailingPercentile } from '../trailingPercentile.ts'
import { columnMetric } from './columnMetric.ts'

const WINDOW_DAYS = 180

/**
 * Registry entry `funding`: what longs pay shorts, percent a year by the instrument's own interval, mean over venues weighed by open
 * interest; `.per_8h` the same for eight hours; `.percentile` among its own last 180 days.
 */
export const fundingMetric = columnMetric({
  id: 'funding',
  title: 'Funding',
  outputs: [
    { name: 'value', unit: 'pct' },
    { name: 'per_8h', unit: 'pct' },
    { name: 'percentile', unit: 'pct' },
  ],
  groups: ['funding'],
  compute: (column, { grid }) => {
    const annual = column('funding.annual')
    const bars = Math.max(1, Math.round((WINDOW_DAYS * DAY_MS) / grid.step))
    return { value: annual, per_8h: column('funding.per_8h'), percentile: trailingPercentile(annual, bars) }
  },
})
