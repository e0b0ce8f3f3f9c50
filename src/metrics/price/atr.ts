import type { Bar } from '../../core/candles.ts'
import { numberParam } from '../../core/params.ts'
import { candleMetric, single } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'
import { warmUp } from '../warmUp.ts'

/** The columns that range indicators read. */
export interface Prices {
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
}

/**
 * True range of one bar: the greatest of its range and its reach from the previous close.
 * @returns in the unit of the price; NaN where an input is
 * @see Wilder 1978
 * @example trueRange(12, 10, 9) // 3
 */
export const trueRange = (high: number, low: number, previousClose: number): number =>
  Math.max(high - low, Math.abs(previousClose - high), Math.abs(previousClose - low))

/**
 * Average true range, Wilder's smoothing, seeded with the mean of the first `n` true ranges. A gap restarts the warm-up.
 * @param prices - high, low and close of one length, oldest first, without gaps
 * @param n - bars, from 1; 1 gives the true range itself
 * @returns in the unit of the price; NaN on the first `n` bars (the first bar has no previous close)
 * @see Wilder 1978; TA-Lib ATR, equal to it to the last bit
 * @example atr({ high: Float64Array.of(2, 4, 5), low: Float64Array.of(1, 2, 4), close: Float64Array.of(2, 3, 5) }, 2)[2] // 2
 */
export function atr({ high, low, close }: Prices, n = 14): Float64Array {
  const { length } = close
  const out = warmUp(length, n)
  if (length <= n) return out
  let average = 0
  for (let i = 1; i <= n; i++) average += trueRange(high[i] as number, low[i] as number, close[i - 1] as number)
  average /= n
  out[n] = average
  for (let i = n + 1; i < length; i++) {
    average = (average * (n - 1) + trueRange(high[i] as number, low[i] as number, close[i - 1] as number)) / n
    out[i] = average
  }
  return out
}

/** What the streaming form keeps between bars; {@link atrStream} is the usual way to use it. */
export class AtrState {
  readonly #n: number
  #count = 0
  #previous = NaN
  #average = 0

  constructor(n: number) {
    this.#n = n
  }

  /** Takes the next closed bar, gives the average true range as of it; NaN in the warm-up and at a gap, which starts it over. */
  next(high: number, low: number, close: number): number {
    const range = trueRange(high, low, this.#previous)
    this.#previous = Number.isNaN(high + low) ? NaN : close
    if (Number.isNaN(range + close)) {
      this.#count = this.#average = 0
      return NaN
    }
    if (this.#count === this.#n) return (this.#average = (this.#average * (this.#n - 1) + range) / this.#n)
    this.#average += range
    this.#count++
    return this.#count === this.#n ? (this.#average /= this.#n) : NaN
  }
}

/**
 * Streaming form of {@link atr}: the same values bit for bit; a bar without a price gives NaN and starts over.
 * @example bars.map(atrStream(14))
 */
export function atrStream(n = 14): (bar: Bar) => number {
  const state = new AtrState(n)
  return ({ high, low, close }) => state.next(high, low, close)
}

/** Registry entry `atr(14)`. */
export const atrMetric: Metric = candleMetric({
  id: 'atr',
  title: 'Average true range (Wilder)',
  params: [{ name: 'n', kind: 'count', default: 14 }],
  outputs: single('quote'),
  fields: ['high', 'low', 'close'],
  kernel: (candles, params) => ({ value: atr(candles, numberParam(params, 'n')) }),
  stream: (params) => {
    const next = atrStream(numberParam(params, 'n'))
    return (bar) => ({ value: next(bar) })
  },
})
