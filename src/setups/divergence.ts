import { textParam, type Params } from '../core/params.ts'
import { macdStream } from '../metrics/price/macd.ts'
import { momentumStream } from '../metrics/price/momentum.ts'
import { rsiStream } from '../metrics/price/rsi.ts'
import { divergencePairs, PAIR_BARS, type DivergencePair } from './divergencePairs.ts'
import type { BarEvent, Evidence, SetupFamily, Side } from './setup.ts'

/** The oscillators that divergences are looked for in, each with its standard parameters, as streaming forms over closes. */
const OSCILLATORS: Readonly<Record<string, () => (close: number) => number>> = {
  rsi: () => rsiStream(14),
  macd: () => {
    const macd = macdStream(12, 26, 9)
    return (close) => macd(close).line
  },
  macd_histogram: () => {
    const macd = macdStream(12, 26, 9)
    return (close) => macd(close).histogram
  },
  momentum: () => momentumStream(10),
}

/** Bars before the first value of each. */
const FIRST_VALUE: Readonly<Record<string, number>> = { rsi: 14, macd: 33, macd_histogram: 33, momentum: 10 }

/**
 * Divergence of price and an oscillator at two pivots of the oscillator. `bullish_divergence(osc)`: price makes a lower low, the
 * oscillator a higher low; `bearish_divergence(osc)`: price a higher high, the oscillator a lower high; `hidden_bullish_divergence(osc)`:
 * price a higher low, the oscillator a lower low; `hidden_bearish_divergence(osc)`: price a lower high, the oscillator a higher high.
 * Pairs, tolerance and choice: see `divergencePairs`. Known at the confirmation of the second pivot, 5 bars after it.
 *
 * Parameter `osc`: `rsi` (14), `macd` (the line of 12, 26, 9), `macd_histogram` or `momentum` (10); it must be given. The event's bar is
 * the confirming one, `pivot` the second pivot, `firstPivot` the first. Evidence: `first_price`, `second_price` (quote unit),
 * `first_oscillator`, `second_oscillator`, `bars` from pivot to pivot.
 * @see methods: structure, divergence
 * @example detect(divergence, { osc: 'rsi' }, candles).map((event) => event.setup) // ['bullish_divergence']
 */
export const divergence: SetupFamily = {
  kinds: {
    bullish_divergence: 'Bullish divergence',
    bearish_divergence: 'Bearish divergence',
    hidden_bullish_divergence: 'Hidden bullish divergence',
    hidden_bearish_divergence: 'Hidden bearish divergence',
  },
  params: [{ name: 'osc', kind: 'word', choices: Object.keys(OSCILLATORS) }],
  warmUp: (params) => (FIRST_VALUE[textParam(params, 'osc')] ?? 0) + PAIR_BARS,
  detector: (params, emit) => {
    const oscillator = oscillatorOf(params)
    const pairs = divergencePairs()
    return (bars, i) => {
      const found = pairs.push(bars, i, oscillator(bars.close[i] as number))
      for (let k = 0; k < found.length; k++) emit(eventOf(found[k] as DivergencePair, i))
    }
  },
}

function eventOf(pair: DivergencePair, bar: number): BarEvent {
  const { setup, side, pivot, firstPivot, evidence } = divergenceFacts(pair)
  return { setup, bar, side, pivot, firstPivot, evidence }
}

/** A fresh streaming form of the oscillator that the parameters name. */
export function oscillatorOf(params: Params): (close: number) => number {
  const start = OSCILLATORS[textParam(params, 'osc')]
  return start === undefined ? () => NaN : start()
}

/** What an event says of a pair of pivots, confirmed or not. */
export interface DivergenceFacts {
  readonly setup: string
  readonly side: Side
  readonly pivot: number
  readonly firstPivot: number
  readonly evidence: Evidence
}

/** Setup, side, pivots and evidence of a pair. */
export function divergenceFacts({ form, kind, first, second }: DivergencePair): DivergenceFacts {
  const name = kind === 'low' ? 'bullish_divergence' : 'bearish_divergence'
  return {
    setup: form === 'hidden' ? `hidden_${name}` : name,
    side: kind === 'low' ? 'long' : 'short',
    pivot: second.bar,
    firstPivot: first.bar,
    evidence: {
      first_price: first.price,
      second_price: second.price,
      first_oscillator: first.oscillator,
      second_oscillator: second.oscillator,
      bars: second.bar - first.bar,
    },
  }
}
