import { DAY_MS } from '../../core/instant.ts'
import { numberParam } from '../../core/params.ts'
import { candleMetric, single } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'
import { warmUp } from '../warmUp.ts'

/**
 * Realised volatility: the sample standard deviation (divisor `n - 1`) of the last `n` log returns, annualised by the square
 * root of the bars in a year. A gap restarts the warm-up.
 * @param close - price above 0, oldest first, without gaps
 * @param n - returns, from 2
 * @param barsPerYear - 365 for daily bars of a market that never closes, 252 for one that does, times the bars of a day
 * @returns percent a year, same length; NaN on the first `n` bars; exactly 0 where the last `n` returns are 0
 * @see Hull, Options, Futures, and Other Derivatives, ch. 15
 * @example realisedVolatility(Float64Array.of(100, 110, 100), 2, 365)[2] // 257.5144…
 */
export function realisedVolatility(close: Float64Array, n: number, barsPerYear = 365): Float64Array {
  const { length } = close
  const out = warmUp(length, n)
  const ring = new Float64Array(n)
  const scale = 100 * Math.sqrt(barsPerYear / (n - 1))
  let at = 0
  let total = 0
  let squares = 0
  let still = 0
  for (let i = 1; i < length; i++) {
    const change = Math.log((close[i] as number) / (close[i - 1] as number))
    if (i > n) {
      const oldest = ring[at] as number
      total -= oldest
      squares -= oldest * oldest
    }
    ring[at] = change
    at = at + 1 === n ? 0 : at + 1
    total += change
    squares += change * change
    // Running totals keep rounding residue; a window without a move has none by definition.
    still = change === 0 ? still + 1 : 0
    if (still >= n) total = squares = 0
    if (i >= n) out[i] = deviation(scale, total, squares, n)
  }
  return out
}

/**
 * Streaming form of {@link realisedVolatility}: the same values bit for bit; a NaN gives NaN and starts over.
 * @example [100, 110, 100].map(realisedVolatilityStream(2)).at(-1) // 257.5144…
 */
export function realisedVolatilityStream(n: number, barsPerYear = 365): (close: number) => number {
  const ring = new Float64Array(n)
  const scale = 100 * Math.sqrt(barsPerYear / (n - 1))
  let count = 0
  let at = 0
  let previous = NaN
  let total = 0
  let squares = 0
  let still = 0
  return (close) => {
    const change = Math.log(close / previous)
    previous = close
    if (Number.isNaN(change)) {
      count = at = total = squares = still = 0
      return NaN
    }
    if (count === n) {
      const oldest = ring[at] as number
      total -= oldest
      squares -= oldest * oldest
    } else count++
    ring[at] = change
    at = at + 1 === n ? 0 : at + 1
    total += change
    squares += change * change
    still = change === 0 ? still + 1 : 0
    if (still >= n) total = squares = 0
    return count < n ? NaN : deviation(scale, total, squares, n)
  }
}

/** Registry entry `realised_volatility(n, days)`; `days` is how many days a year the market trades. */
export const realisedVolatilityMetric: Metric = candleMetric({
  id: 'realised_volatility',
  title: 'Realised volatility, annualised',
  params: [
    { name: 'n', kind: 'count', default: 30, min: 2 },
    { name: 'days', kind: 'count', default: 365 },
  ],
  outputs: single('pct'),
  fields: ['close'],
  kernel: ({ close, step }, params) => ({
    value: realisedVolatility(close, numberParam(params, 'n'), (numberParam(params, 'days') * DAY_MS) / step),
  }),
})

const deviation = (scale: number, total: number, squares: number, n: number): number =>
  scale * Math.sqrt(Math.max(0, squares - (total * total) / n))
