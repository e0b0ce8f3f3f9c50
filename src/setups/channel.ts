import { START_BARS } from '../metrics/structure/channelEdge.ts'
import { channelTracker, type ChannelReading } from '../metrics/structure/channelTracker.ts'
import { barOf } from './barOf.ts'
import { closeOf, lowOf, sideOf, type Direction } from './direction.ts'
import type { BarEvent, Bars, Emit, SetupFamily } from './setup.ts'

/** How far beyond the edge a close must lie to break it, in ATR. */
const BREAK_ATR = 0.25
/** How near to the frozen edge price must come back to test it, in ATR. */
const RETEST_ATR = 0.5
/** Bars after the break in which it may do so. */
const RETEST_BARS = 10

/**
 * A close out of a price channel, and the return to its edge. `channel_break` (long above the upper edge, short below the lower):
 * a close more than 0.25 ATR beyond the edge of the channel fitted to the bars before, where the close before was not beyond
 * that channel by as much. From then on the edge is frozen, extended as a straight line in log price, for 10 bars, in which the same
 * side breaks no second time; a break of the other side ends it. `channel_retest` (of its break): the first of these bars that comes
 * within 0.5 ATR of the frozen edge and closes beyond it. No parameters.
 *
 * Evidence of a break: `edge` (quote unit), `close`, `distance_atr` (close beyond the edge), `touches_upper`, `touches_lower`,
 * `inside_pct`, `bars` of the channel, `slope_pct_per_bar`, and `admissible`: how many channels met the definition, of which this is one. Of
 * a retest: `edge` (frozen), `close`, `distance_atr`, `bars_since_break`.
 * @see methods: structure, channel
 * @example detect(channelBreak, {}, candles).map((event) => event.setup) // ['channel_break', 'channel_retest']
 */
export const channelBreak: SetupFamily = {
  kinds: { channel_break: 'Channel break', channel_retest: 'Retest of a broken channel' },
  params: [],
  // A start is known when its pivot has its bars on both sides; the bar before the break must be judged too.
  warmUp: () => 2 * START_BARS + 1 + RETEST_BARS,
  detector: (_params, emit) => {
    const tracker = channelTracker()
    let frozen: FrozenEdge | undefined
    let closeBefore = NaN
    let atrBefore = NaN
    return (bars, i) => {
      const reading = tracker.step(barOf(bars, i))
      if (frozen !== undefined) frozen = retest(frozen, bars, i, reading.atr, emit)
      if (reading.admissible > 0) {
        const close = bars.close[i] as number
        const direction = breakOf(reading, close, closeBefore, atrBefore)
        if (direction !== undefined && frozen?.direction !== direction) {
          emit(breakEvent(i, direction, close, reading))
          frozen = { direction, bar: i, logPrice: edgeOf(reading, direction), slope: reading.slope, isTested: false }
        }
      }
      closeBefore = bars.close[i] as number
      atrBefore = reading.atr
    }
  },
}

interface FrozenEdge {
  readonly direction: Direction
  /** The bar that broke it. */
  readonly bar: number
  /** Log price of the edge at that bar, and its change per bar. */
  readonly logPrice: number
  readonly slope: number
  readonly isTested: boolean
}

const edgeOf = (reading: Readonly<ChannelReading>, direction: Direction): number =>
  direction === 1 ? reading.upper : reading.lower

/** Which way bar `i` breaks out, where the bar before had not. */
function breakOf(
  reading: Readonly<ChannelReading>,
  close: number,
  closeBefore: number,
  atrBefore: number,
): Direction | undefined {
  for (const direction of [1, -1] as const) {
    const edge = edgeOf(reading, direction)
    if (direction * (close - Math.exp(edge)) <= BREAK_ATR * reading.atr) continue
    const wasBeyond = direction * (closeBefore - Math.exp(edge - reading.slope)) > BREAK_ATR * atrBefore
    return wasBeyond ? undefined : direction
  }
  return undefined
}

/** Tests a frozen edge against bar `i`; gives it as it stands after that bar, undefined once its bars are over. */
function retest(frozen: FrozenEdge, bars: Bars, i: number, atr: number, emit: Emit): FrozenEdge | undefined {
  const { direction, bar, logPrice, slope, isTested } = frozen
  if (i - bar > RETEST_BARS) return undefined
  if (isTested) return frozen
  const edge = Math.exp(logPrice + slope * (i - bar))
  const isNear = lowOf(bars, i, direction) - direction * edge <= RETEST_ATR * atr
  const beyond = closeOf(bars, i, direction) - direction * edge
  if (!isNear || !(beyond > 0)) return frozen
  emit({
    setup: 'channel_retest',
    bar: i,
    side: sideOf(direction),
    of: { setup: 'channel_break', bar },
    evidence: { edge, close: bars.close[i] as number, distance_atr: beyond / atr, bars_since_break: i - bar },
  })
  return { ...frozen, isTested: true }
}

function breakEvent(i: number, direction: Direction, close: number, reading: Readonly<ChannelReading>): BarEvent {
  const edge = Math.exp(edgeOf(reading, direction))
  return {
    setup: 'channel_break',
    bar: i,
    side: sideOf(direction),
    evidence: {
      edge,
      close,
      distance_atr: (direction * (close - edge)) / reading.atr,
      touches_upper: reading.touchesUpper,
      touches_lower: reading.touchesLower,
      inside_pct: reading.insidePct,
      bars: reading.bars,
      slope_pct_per_bar: 100 * Math.expm1(reading.slope),
      admissible: reading.admissible,
    },
  }
}
