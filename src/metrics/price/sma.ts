import { numberParam } from '../../core/params.ts'
import { candleMetric, single } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'
import { warmUp } from '../warmUp.ts'

/**
 * Simple moving average: the mean of the last `n` values, by a running total. A gap restarts the warm-up.
 * @param values - any unit, oldest first, without gaps
 * @param n - bars, from 1
 * @returns same unit and length; NaN on the first `n - 1` bars, all NaN where there are fewer than `n`
 * @see TA-Lib SMA, equal to it to the last bit
 * @example sma(Float64Array.of(1, 2, 3, 4), 3) // [NaN, NaN, 2, 3]
 */
export function sma(values: Float64Array, n: number): Float64Array {
  const out = warmUp(values.length, n - 1)
  let total = 0
  for (let i = 0; i < values.length; i++) {
    total += values[i] as number
    if (i < n - 1) continue
    out[i] = total / n
    total -= values[i - n + 1] as number
  }
  return out
}

/** What the streaming form keeps between values; {@link smaStream} is the usual way to use it. */
export class RingMean {
  readonly #ring: Float64Array
  #count = 0
  #at = 0
  #total = 0

  constructor(n: number) {
    this.#ring = new Float64Array(n)
  }

  /** Takes the next value, gives the mean of the last `n`; NaN in the warm-up and for a NaN, which starts it over. */
  next(value: number): number {
    if (Number.isNaN(value)) {
      this.#count = this.#at = this.#total = 0
      return NaN
    }
    const ring = this.#ring
    const n = ring.length
    const total = this.#total + value
    ring[this.#at] = value
    this.#at = this.#at + 1 === n ? 0 : this.#at + 1
    if (this.#count < n - 1) {
      this.#count++
      this.#total = total
      return NaN
    }
    this.#total = total - (ring[this.#at] as number)
    return total / n
  }
}

/**
 * Streaming form of {@link sma}: the same values bit for bit; a NaN gives NaN and starts over.
 * @example [1, 2, 3].map(smaStream(3)) // [NaN, NaN, 2]
 */
export function smaStream(n: number): (value: number) => number {
  const mean = new RingMean(n)
  return (value) => mean.next(value)
}

/** Registry entry `sma(n)` of the close. */
export const smaMetric: Metric = candleMetric({
  id: 'sma',
  title: 'Simple moving average',
  params: [{ name: 'n', kind: 'count' }],
  outputs: single('quote'),
  fields: ['close'],
  kernel: ({ close }, params) => ({ value: sma(close, numberParam(params, 'n')) }),
  stream: (params) => {
    const next = smaStream(numberParam(params, 'n'))
    return ({ close }) => ({ value: next(close) })
  },
})
