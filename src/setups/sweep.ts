import type { Emit, SetupFamily, Step } from './setup.ts'
import { closeOf, lowOf, sideOf, type Direction } from './direction.ts'

/** Bars whose lowest low is swept. */
const LOOK_BACK = 20

/**
 * Liquidity sweep: `sweep`, a low under the lowest low of the last 20 bars and a close back above it on the same bar;
 * `sweep_high`, a high over their highest high and a close back below it. The bar itself is not one of the 20; touching the level is
 * no sweep and a close on it is not back. No parameters.
 *
 * `pivot` is the bar of the swept low (high), the latest of equal ones. Evidence: `level` (the swept price), `extreme` (the
 * bar's low or high), `close`, all in the quote unit.
 * @see methods: structure
 * @example detect(sweep, {}, candles).map((event) => event.setup) // ['sweep']
 */
export const sweep: SetupFamily = {
  kinds: { sweep: 'Sweep of the low', sweep_high: 'Sweep of the high' },
  params: [],
  warmUp: () => LOOK_BACK,
  detector: (_params, emit) => {
    const low = sweepDetector(1, emit)
    const high = sweepDetector(-1, emit)
    return (bars, i) => {
      low(bars, i)
      high(bars, i)
    }
  },
}

function sweepDetector(direction: Direction, emit: Emit): Step {
  let lowest = 0
  return (bars, i) => {
    if (i >= LOOK_BACK) {
      if (lowest < i - LOOK_BACK) {
        lowest = i - LOOK_BACK
        for (let j = lowest + 1; j < i; j++) if (lowOf(bars, j, direction) <= lowOf(bars, lowest, direction)) lowest = j
      }
      const level = lowOf(bars, lowest, direction)
      const extreme = lowOf(bars, i, direction)
      const close = closeOf(bars, i, direction)
      if (extreme < level && close > level) {
        emit({
          setup: direction === 1 ? 'sweep' : 'sweep_high',
          bar: i,
          side: sideOf(direction),
          pivot: lowest,
          evidence: { level: direction * level, extreme: direction * extreme, close: direction * close },
        })
      }
    }
    if (lowOf(bars, i, direction) <= lowOf(bars, lowest, direction)) lowest = i
  }
}
