import { gaps } from '../../core/candles.ts'
import { numberParam } from '../../core/params.ts'
import { FEWEST, pearson } from '../stats/pearson.ts'
import { columnMetric } from './columnMetric.ts'
import { growth } from './likeForLike.ts'

/**
 * Registry entry `price_oi_correlation(n)`: correlation of the log changes of price and of open interest in coins over the last `n` bars,
 * with its 95 % interval, where at least half of the changes are there. Open interest is like for like: a venue that comes or goes is no
 * change. The price is the one that stands with open interest, so that both are averaged alike: a daily mean is never
 * held against a close. Open interest without a price is a gap.
 */
export const priceOiCorrelationMetric = columnMetric({
  id: 'price_oi_correlation',
  title: 'Correlation of price and open interest',
  params: [{ name: 'n', kind: 'count', default: 30, min: FEWEST }],
  outputs: [
    { name: 'value', unit: 'ratio' },
    { name: 'low', unit: 'ratio' },
    { name: 'high', unit: 'ratio' },
    { name: 'n', unit: 'count' },
  ],
  groups: ['open_interest'],
  compute: (column, _, params) => {
    const bars = numberParam(params, 'n')
    const sum = { values: column('open_interest.likeForLike'), chain: column('open_interest.chain') }
    const price = logChanges(column('open_interest.price'))
    const coins = sum.values.map((_, i) => Math.log(growth(sum, i - 1, i)))
    const out = { value: gaps(price.length), low: gaps(price.length), high: gaps(price.length), n: gaps(price.length) }
    for (let i = bars; i < price.length; i++) {
      const pairs = Array.from({ length: bars }, (_, k) => i - k).filter(
        (k) => !Number.isNaN((price[k] as number) + (coins[k] as number)),
      )
      if (pairs.length * 2 < bars) continue
      const found = pearson(
        pairs.map((k) => price[k] as number),
        pairs.map((k) => coins[k] as number),
      )
      for (const name of ['value', 'low', 'high', 'n'] as const) out[name][i] = found[name]
    }
    return out
  },
})

const logChanges = (column: Float64Array): Float64Array =>
  column.map((value, i) => (i === 0 ? NaN : Math.log(value / (column[i - 1] as number))))
