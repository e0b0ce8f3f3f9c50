import type { Bar } from '../../core/candles.ts'
import { atrStream } from '../price/atr.ts'
import { ON_THE_LINE, recentCloses } from './channelCloses.ts'
import { edgeTracker, START_BARS } from './channelEdge.ts'
import { channelCandidates, fitChannels } from './channelFit.ts'

/** How near a pivot must come to an edge to touch it, in ATR of the pivot's own bar. */
const TOUCH_ATR = 0.35
/** Closes that must lie inside, in percent. */
const INSIDE_PCT = 92
/** The latest confirmed pivots a side that are considered, and how far back: bounds for a market that makes no new start. */
const MOST_PIVOTS = 16
const MOST_BARS = 1_000

/** What a bar is judged against: the channel fitted to the bars before it, all edges as log prices at this bar. NaN where there is none. */
export interface ChannelReading {
  /** ATR(14) of this bar. */
  atr: number
  upper: number
  lower: number
  /** Change of log price per bar, the same for both edges. */
  slope: number
  touchesUpper: number
  touchesLower: number
  /** Closes before this bar that lie inside, in percent. */
  insidePct: number
  /** First bar of the channel, counted from 0 at the first bar fed; this bar is `start + bars - 1`. */
  start: number
  bars: number
  /** Channels that meet the definition; 0 where none does, NaN before the first start is known. */
  admissible: number
  /** The range of their edges. */
  upperMin: number
  upperMax: number
  lowerMin: number
  lowerMax: number
}

/** The channel, bar by bar. */
export interface ChannelTracker {
  /** Takes the next closed bar, without gaps; gives what that bar is judged against. One object, filled anew at every bar. */
  readonly step: (bar: Bar) => Readonly<ChannelReading>
}

/**
 * Price channels in log price, bar by bar. A channel starts at the last confirmed pivot high or low with 30 bars on either side.
 * Candidates are a line through two confirmed pivots (5, 5) of one side since then and its parallel through one of the other. Admissible
 * are those that at least 2 pivots of each side touch (within 0.35 ATR of the pivot's bar) and that hold at least 92 % of the closes.
 * The one with most touches is chosen, then the narrowest. A bar never has a say in the channel that it is judged against.
 *
 * At most the last 16 pivots a side are considered, and none more than 1,000 bars back; where that leaves out the start, the channel
 * begins at the oldest pivot considered. In daily and 4h candles of BTC and ETH since 2017 neither bound is met.
 * @returns a tracker without bars
 * @see methods: structure, channel
 * @example const tracker = channelTracker(); bars.map((bar) => Math.exp(tracker.step(bar).upper)).at(-1) // 1617.3
 */
export function channelTracker(): ChannelTracker {
  const average = atrStream(14)
  const highs = edgeTracker('high', MOST_PIVOTS)
  const lows = edgeTracker('low', MOST_PIVOTS)
  const closes = recentCloses(MOST_BARS)
  const found = channelCandidates(MOST_PIVOTS)
  const reading = emptyReading()
  let start = NaN
  let first = NaN
  let refitAt = Infinity
  let i = -1

  /** Tells which admissible channel is chosen for bar `i`, -1 for none, and counts bar `i` in or out of each candidate. */
  const judge = (close: number): number => {
    const bars = i - first
    let chosen = -1
    let admissible = 0
    let upperMin = Infinity
    let upperMax = -Infinity
    let lowerMin = Infinity
    let lowerMax = -Infinity
    for (let c = 0; c < found.count; c++) {
      const rise = (found.slope[c] as number) * bars
      const upper = (found.upper[c] as number) + rise
      const lower = (found.lower[c] as number) + rise
      const outside = found.outside[c] as number
      if (100 * (bars - outside) >= INSIDE_PCT * bars) {
        admissible++
        if (upper < upperMin) upperMin = upper
        if (upper > upperMax) upperMax = upper
        if (lower < lowerMin) lowerMin = lower
        if (lower > lowerMax) lowerMax = lower
        if (chosen < 0 || isBetter(c, chosen)) chosen = c
      }
      if (isOutside(close, upper, lower)) found.outside[c] = outside + 1
    }
    reading.admissible = Number.isNaN(start) ? NaN : admissible
    if (chosen < 0) return chosen
    reading.upperMin = upperMin
    reading.upperMax = upperMax
    reading.lowerMin = lowerMin
    reading.lowerMax = lowerMax
    return chosen
  }

  const isBetter = (a: number, b: number): boolean => {
    const more = touchesOf(a) - touchesOf(b)
    return more > 0 || (more === 0 && widthOf(a) < widthOf(b))
  }
  const touchesOf = (c: number): number => (found.touchesUpper[c] as number) + (found.touchesLower[c] as number)
  const widthOf = (c: number): number => (found.upper[c] as number) - (found.lower[c] as number)

  const read = (chosen: number, close: number): void => {
    if (chosen < 0) {
      forget(reading)
      return
    }
    const bars = i - first
    const slope = found.slope[chosen] as number
    const upper = (found.upper[chosen] as number) + slope * bars
    const lower = (found.lower[chosen] as number) + slope * bars
    // Judging has already counted this bar, which the channel does not know yet.
    const outside = (found.outside[chosen] as number) - Number(isOutside(close, upper, lower))
    reading.slope = slope
    reading.upper = upper
    reading.lower = lower
    reading.touchesUpper = found.touchesUpper[chosen] as number
    reading.touchesLower = found.touchesLower[chosen] as number
    reading.insidePct = (100 * (bars - outside)) / bars
    reading.start = first
    reading.bars = bars + 1
  }

  /** Finds the candidates anew, with those that can still become admissible before the window is a quarter longer. */
  const refit = (): void => {
    highs.dropBefore(Math.max(start, i - MOST_BARS + 1))
    lows.dropBefore(Math.max(start, i - MOST_BARS + 1))
    first = Math.min(highs.oldest(), lows.oldest())
    if (first === Infinity) {
      found.count = 0
      refitAt = Infinity
      return
    }
    const bars = i - first + 1
    refitAt = bars + Math.max(16, bars >> 2)
    const allowed = Math.floor(((100 - INSIDE_PCT) * refitAt) / 100)
    fitChannels(found, closes.since(i, first), highs.pivots, lows.pivots, allowed)
  }

  const step = (bar: Bar): ChannelReading => {
    i++
    const close = Math.log(bar.close)
    read(judge(close), close)
    closes.push(close)
    const atr = average(bar)
    reading.atr = atr
    const tolerance = (TOUCH_ATR * atr) / bar.close
    const high = highs.step(i, bar.high, tolerance)
    const low = lows.step(i, bar.low, tolerance)
    const starts = highs.starts() || lows.starts()
    if (starts) start = i - START_BARS
    if (Number.isNaN(start)) return reading
    if (starts || high || low || i - first + 1 >= refitAt || i - first >= MOST_BARS) refit()
    return reading
  }

  return { step }
}

const isOutside = (close: number, upper: number, lower: number): boolean =>
  close > upper + ON_THE_LINE || close < lower - ON_THE_LINE

const emptyReading = (): ChannelReading => ({
  atr: NaN,
  upper: NaN,
  lower: NaN,
  slope: NaN,
  touchesUpper: NaN,
  touchesLower: NaN,
  insidePct: NaN,
  start: NaN,
  bars: NaN,
  admissible: NaN,
  upperMin: NaN,
  upperMax: NaN,
  lowerMin: NaN,
  lowerMax: NaN,
})

function forget(reading: ChannelReading): void {
  reading.upper = reading.lower = reading.slope = NaN
  reading.touchesUpper = reading.touchesLower = reading.insidePct = NaN
  reading.start = reading.bars = NaN
  reading.upperMin = reading.upperMax = reading.lowerMin = reading.lowerMax = NaN
}
