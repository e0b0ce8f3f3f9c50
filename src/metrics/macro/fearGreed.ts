import { gaps } from '../../core/candles.ts'
import { DAY_MS } from '../../core/instant.ts'
import type { Metric } from '../metric.ts'

/** The index as a series is called so. */
const SYMBOL = 'FEAR_GREED'
/** From here on the publisher calls it extreme fear and extreme greed: 25 is fear. */
export const EXTREMES = { fear: 24, greed: 75 } as const

/**
 * Registry entry `fear_greed`: the published index of crypto sentiment, 0 to 100, and the days since it was last extreme (24 or less, 75 or
 * more). It contains the momentum and the volatility of BTC, so it never counts as a second witness beside a signal of price.
 */
export const fearGreedMetric: Metric = {
  id: 'fear_greed',
  title: 'Fear and greed index',
  params: [],
  outputs: [
    { name: 'value', unit: 'index' },
    { name: 'days_since_extreme', unit: 'days' },
  ],
  needs: () => [{ kind: 'quote', symbol: SYMBOL }],
  compute: ({ quotes, grid }) => {
    const value = quotes.get(SYMBOL) ?? gaps(grid.length)
    const days = gaps(grid.length)
    let last = NaN
    for (const [i, index] of value.entries()) {
      if (index <= EXTREMES.fear || index >= EXTREMES.greed) last = i
      days[i] = ((i - last) * grid.step) / DAY_MS
    }
    return { value, days_since_extreme: days }
  },
}
