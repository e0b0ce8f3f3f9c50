import { atrStream } from '../metrics/price/atr.ts'
import { pivotFinder } from '../metrics/structure/pivots.ts'
import { barOf } from './barOf.ts'
import { closeOf, lowOf, sideOf, type Direction } from './direction.ts'
import type { BarEvent, Bars, Emit, SetupFamily } from './setup.ts'
import { volumeRank } from './volumeRank.ts'

/** Bars on either side of the pivot that is the support. */
const PIVOT_BARS = 5
/** Age of the support at the penetration, in bars. */
const YOUNGEST = 20
const OLDEST = 120
/** Bars between pivot and penetration whose low lies near the support, and how near in ATR. */
const LEAST_TOUCHES = 10
const TOUCH_ATR = 2
/** Bars after the penetrating one in which the close may still come back. */
const BARS_TO_RECLAIM = 3

/**
 * Wyckoff spring (this project's definition; the textbooks give none in numbers). Support S is a pivot low (5, 5) 20 to 120 bars
 * back, not undercut since, with lows within 2 ATR of S on at least 10 bars in between; `wyckoff_spring` is a low below S and a close
 * back above S on that bar or one of the next 3. `wyckoff_upthrust` is the mirror at a pivot high. The ATR is that of the bar before the
 * penetration, so that the fall itself does not widen the range. A support is undercut once, whether it is reclaimed or not. Where
 * one close reclaims several supports, the lowest (the floor of the range) is the one named. No parameters.
 *
 * `pivot` is the support's bar. Evidence: `support` and `extreme` (quote unit; the lowest low from the penetration on),
 * `close`, `bars_to_reclaim` (0 to 3), and of the penetrating bar `volume`: `shakeout` (among the top 5 % of the 60 bars that
 * end with it), `quiet` (below their median), `ordinary`, or `unknown` before 60 bars; `volume_percentile` (share of the 59 others
 * below it, in percent; only where known).
 * @see methods: structure
 * @example detect(wyckoffSpring, {}, candles).map((event) => event.setup) // ['wyckoff_spring']
 */
export const wyckoffSpring: SetupFamily = {
  kinds: { wyckoff_spring: 'Wyckoff spring', wyckoff_upthrust: 'Wyckoff upthrust' },
  params: [],
  warmUp: () => PIVOT_BARS + OLDEST + BARS_TO_RECLAIM,
  detector: (_params, emit) => {
    const atr = atrStream(14)
    const spring = springDetector(1, emit)
    const upthrust = springDetector(-1, emit)
    let atrBefore = NaN
    return (bars, i) => {
      spring(bars, i, atrBefore)
      upthrust(bars, i, atrBefore)
      atrBefore = atr(barOf(bars, i))
    }
  },
}

interface Support {
  readonly bar: number
  readonly price: number
}

interface Penetration extends Support {
  readonly at: number
}

function springDetector(direction: Direction, emit: Emit): (bars: Bars, i: number, atrBefore: number) => void {
  const find = pivotFinder(PIVOT_BARS, PIVOT_BARS)
  // Supports not undercut yet: the newer one is never lower than the older.
  const supports: Support[] = []
  let pierced: readonly Penetration[] = []

  const pierce = (bars: Bars, i: number, low: number, near: number): void => {
    for (let last = supports.at(-1); last !== undefined && low < last.price; last = supports.at(-1)) {
      supports.pop()
      const age = i - last.bar
      if (age < YOUNGEST || age > OLDEST || !isTested(bars, last, i, direction, near)) continue
      pierced = [...pierced, { bar: last.bar, price: last.price, at: i }]
    }
  }

  const reclaim = (bars: Bars, i: number): void => {
    const close = closeOf(bars, i, direction)
    const floor = pierced.reduce<Penetration | undefined>((a, b) => (close > b.price ? lowerOf(a, b) : a), undefined)
    pierced = pierced.filter((one) => !(close > one.price) && i - one.at < BARS_TO_RECLAIM)
    if (floor !== undefined) emit(springEvent(bars, i, floor, direction))
  }

  return (bars, i, atrBefore) => {
    const low = lowOf(bars, i, direction)
    pierce(bars, i, low, TOUCH_ATR * atrBefore)
    if (pierced.length > 0) reclaim(bars, i)
    if (find(low) === 'low') {
      supports.push({ bar: i - PIVOT_BARS, price: lowOf(bars, i - PIVOT_BARS, direction) })
      while ((supports[0] as Support).bar < i - OLDEST) supports.shift()
    }
  }
}

const lowerOf = (a: Penetration | undefined, b: Penetration): Penetration =>
  a !== undefined && a.price <= b.price ? a : b

/** True where enough lows between the support and bar `to` lie near it. */
function isTested(bars: Bars, support: Support, to: number, direction: Direction, near: number): boolean {
  let missing = LEAST_TOUCHES
  for (let j = support.bar + 1; j < to; j++) {
    if (lowOf(bars, j, direction) - support.price <= near && --missing === 0) return true
  }
  return false
}

function springEvent(bars: Bars, i: number, spring: Penetration, direction: Direction): BarEvent {
  let extreme = Infinity
  for (let j = spring.at; j <= i; j++) extreme = Math.min(extreme, lowOf(bars, j, direction))
  const volume = volumeRank(bars.volume, spring.at)
  return {
    setup: direction === 1 ? 'wyckoff_spring' : 'wyckoff_upthrust',
    bar: i,
    side: sideOf(direction),
    pivot: spring.bar,
    evidence: {
      support: direction * spring.price,
      extreme: direction * extreme,
      close: bars.close[i] as number,
      bars_to_reclaim: i - spring.at,
      volume: volume.word,
      ...(volume.word === 'unknown' ? {} : { volume_percentile: volume.percentile }),
    },
  }
}
