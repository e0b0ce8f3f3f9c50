import { closeAt, gaps, openAt, type Candles } from '../core/candles.ts'
import type { InstantMs } from '../core/instant.ts'
import { resample } from './resample.ts'

/** Below this median deviation two instruments can be one asset. */
const PARITY_PCT = 2
/** Fewer common bars say nothing. */
export const PARITY_BARS = 30

/** How two series of prices compare. Figures are NaN where there is no common bar. */
export interface PriceParity {
  /** `accepted`: prices do not speak against one asset. `refused`: two assets, or a multiplier that is wrong. */
  readonly verdict: 'accepted' | 'refused' | 'too few'
  /** Deviation of two closes, percent of the larger: 0 to 100. */
  readonly medianPct: number
  readonly p5Pct: number
  readonly p95Pct: number
  /** How many of the second one of the first costs: median of the quotients. */
  readonly ratio: number
  /** Bars of `step` ms in which both have a close, and the time from the first one's open to the last one's close. */
  readonly bars: number
  readonly step: number
  readonly from: InstantMs | undefined
  readonly to: InstantMs | undefined
}

/**
 * The price-parity test: whether two instruments can be one asset. Closes of the same bars are compared, after both were built
 * to the shortest bar that both can give. Equal prices do not prove one asset; unequal ones refuse it.
 *
 * The deviation of closes a and b is |a - b| / max(a, b), the same whichever comes first. Percentiles are interpolated between
 * the two nearest ranks (R type 7), the median among them.
 *
 * @param a - candles per coin (`toGrid` has divided the multiplier out), prices in a unit that `b` shares
 * @param b - the same of the other instrument
 * @returns accepted below a median of 2 %, refused from there on, too few with less than 30 common bars
 * @example priceParity(kPepe, binance1000Pepe).verdict // 'accepted'
 */
export function priceParity(a: Candles, b: Candles): PriceParity {
  const step = leastCommonMultiple(a.step, b.step)
  const [first, second] = [resample(a, step), resample(b, step)]
  const { at, mine, theirs } = commonCloses(first, second)
  const deviations = mine.map((x, i) => deviationPct(x, theirs[i] as number)).toSorted()
  const quotients = mine.map((x, i) => Math.log(x / (theirs[i] as number))).toSorted()
  const medianPct = quantile(deviations, 0.5)
  const last = at.at(-1)
  return {
    verdict: at.length < PARITY_BARS ? 'too few' : medianPct < PARITY_PCT ? 'accepted' : 'refused',
    medianPct,
    p5Pct: quantile(deviations, 0.05),
    p95Pct: quantile(deviations, 0.95),
    ratio: Math.exp(quantile(quotients, 0.5)),
    bars: at.length,
    step,
    from: at[0] === undefined ? undefined : openAt(first, at[0]),
    to: last === undefined ? undefined : closeAt(first, last),
  }
}

const deviationPct = (x: number, y: number): number => (100 * Math.abs(x - y)) / Math.max(x, y)

/** Closes of bars that open at one instant and have a close in both, and their indices in the first. */
function commonCloses(a: Candles, b: Candles) {
  const offset = (a.start - b.start) / a.step
  const at: number[] = []
  const [mine, theirs] = [gaps(a.length), gaps(a.length)]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a.close[i] ?? NaN, b.close[i + offset] ?? NaN]
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    mine[at.length] = x
    theirs[at.length] = y
    at.push(i)
  }
  return { at, mine: mine.subarray(0, at.length), theirs: theirs.subarray(0, at.length) }
}

/** The value below which a share of sorted values lies; NaN for none. */
function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share
  const [below, above] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN]
  return below + (above - below) * (place - Math.floor(place))
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y !== 0) [x, y] = [y, x % y]
  return (a / x) * b
}
