import { numberParam } from '../../core/params.ts'
import { candleMetric } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'
import { warmUp } from '../warmUp.ts'
import { emaStream } from './ema.ts'

/** The three columns of MACD; of one bar in the streaming form. */
export interface Macd<T> {
  readonly line: T
  readonly signal: T
  readonly histogram: T
}

/**
 * Moving average convergence divergence: fast minus slow EMA, its own EMA (signal), and line minus signal (histogram).
 * Both averages start at bar `slow - 1`: the slow one seeded with the mean of all bars so far, the fast one with that of the
 * last `fast`. A gap restarts the warm-up.
 * @param close - price, oldest first, without gaps
 * @param fast - bars of the fast average; where it is above `slow` the two change places
 * @param slow - bars of the slow average
 * @param signal - bars of the signal
 * @returns three columns in the unit of the price; all NaN on the first `slow + signal - 2` bars (33 by default)
 * @see TA-Lib MACD, equal to it to the last bit
 * @example macd(Float64Array.of(1, 2, 4, 8), 1, 2, 2).line // [NaN, NaN, 0.8333333333333333, 1.6111111111111116]
 */
export function macd(close: Float64Array, fast = 12, slow = 26, signal = 9): Macd<Float64Array> {
  if (fast > slow) return macd(close, slow, fast, signal)
  const { length } = close
  const from = slow + signal - 2
  const line = warmUp(length, from)
  const signalLine = warmUp(length, from)
  const histogram = warmUp(length, from)
  if (length <= from) return { line, signal: signalLine, histogram }
  const fastWeight = 2 / (fast + 1)
  const slowWeight = 2 / (slow + 1)
  const signalWeight = 2 / (signal + 1)
  let fastEma = meanOf(close, slow - fast, slow)
  let slowEma = meanOf(close, 0, slow)
  let average = 0
  for (let i = slow - 1; i < length; i++) {
    const price = close[i] as number
    if (i >= slow) {
      fastEma = (price - fastEma) * fastWeight + fastEma
      slowEma = (price - slowEma) * slowWeight + slowEma
    }
    const value = fastEma - slowEma
    if (i > from) average = (value - average) * signalWeight + average
    else average += value
    if (i < from) continue
    if (i === from) average /= signal
    line[i] = value
    signalLine[i] = average
    histogram[i] = value - average
  }
  return { line, signal: signalLine, histogram }
}

/**
 * Streaming form of {@link macd}: the same values bit for bit; a NaN gives NaN and starts over.
 * @example [1, 2, 4, 8].map(macdStream(1, 2, 2)).at(-1).line // 1.6111111111111116
 */
export function macdStream(fast = 12, slow = 26, signal = 9): (close: number) => Macd<number> {
  if (fast > slow) return macdStream(slow, fast, signal)
  const nextFast = emaStream(fast)
  const nextSlow = emaStream(slow)
  const nextSignal = emaStream(signal)
  let count = 0
  return (close) => {
    if (Number.isNaN(close)) count = 0
    else if (count < slow) count++
    const fastEma = count > slow - fast || count === 0 ? nextFast(close) : NaN
    const line = fastEma - nextSlow(close)
    const average = nextSignal(line)
    return Number.isNaN(average) ? NONE : { line, signal: average, histogram: line - average }
  }
}

const NONE: Macd<number> = { line: NaN, signal: NaN, histogram: NaN }

/** Registry entry `macd(12, 26, 9)` with `.line`, `.signal` and `.histogram`. */
export const macdMetric: Metric = candleMetric({
  id: 'macd',
  title: 'Moving average convergence divergence',
  params: [
    { name: 'fast', kind: 'count', default: 12 },
    { name: 'slow', kind: 'count', default: 26 },
    { name: 'signal', kind: 'count', default: 9 },
  ],
  outputs: [
    { name: 'line', unit: 'quote' },
    { name: 'signal', unit: 'quote' },
    { name: 'histogram', unit: 'quote' },
  ],
  fields: ['close'],
  kernel: ({ close }, params) => ({
    ...macd(close, numberParam(params, 'fast'), numberParam(params, 'slow'), numberParam(params, 'signal')),
  }),
  stream: (params) => {
    const next = macdStream(numberParam(params, 'fast'), numberParam(params, 'slow'), numberParam(params, 'signal'))
    return ({ close }) => ({ ...next(close) })
  },
})

function meanOf(values: Float64Array, from: number, to: number): number {
  let total = 0
  for (let i = from; i < to; i++) total += values[i] as number
  return total / (to - from)
}
