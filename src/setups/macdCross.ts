import { macdStream } from '../metrics/price/macd.ts'
import type { Emit, SetupFamily, Side } from './setup.ts'

/** Bars before the first value of the signal line: 26 closes for the line, 9 of its values. */
const FIRST_SIGNAL = 33

/**
 * Crosses of MACD(12, 26, 9). `macd_golden_cross`: the line goes from below its signal to above it at a close (a line that only
 * touches its signal has not crossed; the cross is the first close on the other side); `macd_death_cross`: the mirror.
 * `macd_above_zero`: line and signal both above 0, not so one close earlier; `macd_below_zero`: both below. The first close
 * with a MACD completes nothing, for nothing is known of the close before it. No parameters.
 *
 * Evidence of all: `line`, `signal`, `histogram` (price points). Of crosses also `zero`: `above`, `below` or `at`, the side
 * of 0 on which the line stands.
 * @see methods: structure
 * @example detect(macdCross, {}, candles).map((event) => event.setup) // ['macd_golden_cross', 'macd_above_zero']
 */
export const macdCross: SetupFamily = {
  kinds: {
    macd_golden_cross: 'MACD golden cross',
    macd_death_cross: 'MACD death cross',
    macd_above_zero: 'MACD line and signal above zero',
    macd_below_zero: 'MACD line and signal below zero',
  },
  params: [],
  warmUp: () => FIRST_SIGNAL + 1,
  detector: (_params, emit) => {
    const macd = macdStream(12, 26, 9)
    const cross = crossDetector(emit)
    const zero = zeroDetector(emit)
    return (bars, i) => {
      const values = macd(bars.close[i] as number)
      if (Number.isNaN(values.signal)) return
      cross(values, i)
      zero(values, i)
    }
  },
}

interface Macd {
  readonly line: number
  readonly signal: number
  readonly histogram: number
}

type MacdStep = (macd: Macd, i: number) => void

function crossDetector(emit: Emit): MacdStep {
  let side = 0
  return (macd, i) => {
    const now = Math.sign(macd.line - macd.signal)
    if (now === 0 || now === side) return
    if (side !== 0) {
      const setup = now > 0 ? 'macd_golden_cross' : 'macd_death_cross'
      const { line, signal, histogram } = macd
      emit({ setup, bar: i, side: leaning(now), evidence: { line, signal, histogram, zero: sideOfZero(line) } })
    }
    side = now
  }
}

function zeroDetector(emit: Emit): MacdStep {
  let before: number | undefined
  return (macd, i) => {
    const now = macd.line > 0 && macd.signal > 0 ? 1 : macd.line < 0 && macd.signal < 0 ? -1 : 0
    if (before !== undefined && now !== 0 && now !== before) {
      const setup = now > 0 ? 'macd_above_zero' : 'macd_below_zero'
      const { line, signal, histogram } = macd
      emit({ setup, bar: i, side: leaning(now), evidence: { line, signal, histogram } })
    }
    before = now
  }
}

const leaning = (sign: number): Side => (sign > 0 ? 'long' : 'short')

const sideOfZero = (line: number): string => (line > 0 ? 'above' : line < 0 ? 'below' : 'at')
