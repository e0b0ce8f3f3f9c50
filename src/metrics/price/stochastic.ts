import type { Bar } from '../../core/candles.ts'
import { numberParam } from '../../core/params.ts'
import { candleMetric } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'
import { warmUp } from '../warmUp.ts'
import type { Prices } from './atr.ts'
import { rollingHigh, rollingLow } from './rollingExtreme.ts'
import { RingMean, smaStream } from './sma.ts'

/** The two lines; of one bar in the streaming form. */
export interface Stochastic<T> {
  readonly k: T
  readonly d: T
}

/** The three lengths of the slow stochastic, in bars, each from 1. */
export interface StochasticLengths {
  /** Bars whose highest high and lowest low are looked at. */
  readonly n: number
  /** Bars that %K is smoothed over. */
  readonly slowing: number
  /** Bars of %K that make %D. */
  readonly signal: number
}

const LENGTHS: StochasticLengths = { n: 14, slowing: 3, signal: 3 }

/**
 * Slow stochastic: where the close stands between the lowest low and the highest high of `n` bars, 0 to 100, smoothed by a simple
 * average (%K), and the simple average of that (%D). A gap restarts the warm-up.
 * @param prices - high, low and close of one length, oldest first, without gaps
 * @returns two columns of index points; both NaN on the first `n + slowing + signal - 3` bars (17 by default); a bar whose
 *   `n` bars had no range counts as 0
 * @see Lane; TA-Lib STOCH with simple averages, equal to it to the last bit
 * @example stochastic({ high, low, close }).k.findIndex((k) => k >= 0) // 17
 */
export function stochastic({ high, low, close }: Prices, { n, slowing, signal } = LENGTHS): Stochastic<Float64Array> {
  const { length } = close
  const warm = n + slowing + signal - 3
  const k = warmUp(length, warm)
  const d = warmUp(length, warm)
  const nextSlow = new RingMean(slowing)
  const nextSignal = new RingMean(signal)
  let lowest = -1
  let highest = -1
  for (let i = n - 1; i < length; i++) {
    const from = i - n + 1
    if (lowest < from) lowest = indexOfLowest(low, from, i)
    else if ((low[i] as number) <= (low[lowest] as number)) lowest = i
    if (highest < from) highest = indexOfHighest(high, from, i)
    else if ((high[i] as number) >= (high[highest] as number)) highest = i
    const slow = nextSlow.next(place(close[i] as number, low[lowest] as number, high[highest] as number))
    if (i < n + slowing - 2) continue
    const mean = nextSignal.next(slow)
    if (i < warm) continue
    k[i] = slow
    d[i] = mean
  }
  return { k, d }
}

/**
 * Streaming form of {@link stochastic}: the same values bit for bit; a bar without a price gives NaN and starts over.
 * @example bars.map(stochasticStream()).at(-1).k
 */
export function stochasticStream({ n, slowing, signal } = LENGTHS): (bar: Bar) => Stochastic<number> {
  const nextLow = rollingLow(n)
  const nextHigh = rollingHigh(n)
  const nextK = smaStream(slowing)
  const nextD = smaStream(signal)
  return ({ high, low, close }) => {
    const isGap = Number.isNaN(high + low + close)
    const lowest = nextLow(isGap ? NaN : low)
    const k = nextK(place(close, lowest, nextHigh(isGap ? NaN : high)))
    const d = nextD(k)
    return Number.isNaN(d) ? NONE : { k, d }
  }
}

const NONE: Stochastic<number> = { k: NaN, d: NaN }

/** Registry entry `stochastic(14, 3, 3)` with `.k` and `.d`. */
export const stochasticMetric: Metric = candleMetric({
  id: 'stochastic',
  title: 'Slow stochastic',
  params: [
    { name: 'n', kind: 'count', default: LENGTHS.n },
    { name: 'slowing', kind: 'count', default: LENGTHS.slowing },
    { name: 'signal', kind: 'count', default: LENGTHS.signal },
  ],
  outputs: [
    { name: 'k', unit: 'index' },
    { name: 'd', unit: 'index' },
  ],
  fields: ['high', 'low', 'close'],
  kernel: (candles, params) => ({ ...stochastic(candles, lengthsOf(params)) }),
  stream: (params) => {
    const next = stochasticStream(lengthsOf(params))
    return (bar) => ({ ...next(bar) })
  },
})

function lengthsOf(params: Parameters<typeof numberParam>[0]): StochasticLengths {
  return {
    n: numberParam(params, 'n'),
    slowing: numberParam(params, 'slowing'),
    signal: numberParam(params, 'signal'),
  }
}

function place(close: number, lowest: number, highest: number): number {
  const hundredth = (highest - lowest) / 100
  return hundredth === 0 ? 0 : (close - lowest) / hundredth
}

function indexOfLowest(low: Float64Array, from: number, to: number): number {
  let at = from
  for (let i = from + 1; i <= to; i++) if ((low[i] as number) <= (low[at] as number)) at = i
  return at
}

function indexOfHighest(high: Float64Array, from: number, to: number): number {
  let at = from
  for (let i = from + 1; i <= to; i++) if ((high[i] as number) >= (high[at] as number)) at = i
  return at
}
