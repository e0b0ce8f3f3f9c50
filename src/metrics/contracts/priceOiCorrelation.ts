import { gaps } from '../../core/candles.ts'
import { numberParam } from '../../core/params.ts'
import { columnMetric } from './columnMetric.ts'
import { growth } from './likeForLike.ts'

/** A correlation with its 95 % interval. */
export interface Correlation {
  readonly value: number
  readonly low: number
  readonly high: number
  /** Pairs of changes it rests on. */
  readonly n: number
}

/** Normal quantile of a two-sided interval of 95 %. */
const Z95 = 1.959963984540054
/** Fewer pairs have no interval. */
const FEWEST = 4

/**
 * Pearson's correlation of pairs, with the interval of Fisher's transformation.
 * @param a - values, without gaps
 * @param b - as many
 * @returns NaN for fewer than four pairs or where one side does not move
 * @see Fisher 1921
 * @example correlation([1, 2, 3, 5], [2, 4, 6, 9]).value // 0.998
 */
export function correlation(a: readonly number[], b: readonly number[]): Correlation {
  const n = a.length
  const none = { value: NaN, low: NaN, high: NaN, n }
  if (n < FEWEST) return none
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / n
  const [meanA, meanB] = [mean(a), mean(b)]
  let [ab, aa, bb] = [0, 0, 0]
  for (const [i, x] of a.entries()) {
    const [dx, dy] = [x - meanA, (b[i] as number) - meanB]
    ab += dx * dy
    aa += dx * dx
    bb += dy * dy
  }
  // Rounding may bring it beyond 1, where the transformation ends.
  const value = Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)))
  if (Number.isNaN(value)) return none
  const [centre, width] = [Math.atanh(value), Z95 / Math.sqrt(n - 3)]
  return { value, low: Math.tanh(centre - width), high: Math.tanh(centre + width), n }
}

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
      const found = correlation(
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
