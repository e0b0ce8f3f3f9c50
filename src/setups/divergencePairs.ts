import { pivotFinder, type PivotKind } from '../metrics/structure/pivots.ts'
import { lowOf, type Direction } from './direction.ts'
import type { Bars } from './setup.ts'

/** Bars on either side of a pivot of the oscillator. */
const PIVOT_BARS = 5
const NEAREST = 5
const FARTHEST = 60
/** Values before the one that confirms a pair whose pivots lie as far apart as they may. */
export const PAIR_BARS = PIVOT_BARS + FARTHEST + PIVOT_BARS
/** How far the oscillator may dip through the line that joins its two pivots, as a share of their difference. */
const TOLERANCE = 0.1
/** More than `FARTHEST + PIVOT_BARS` values, and a power of two. */
const HISTORY = 128

/** A pivot of the oscillator with the price there: the lowest low (highest high) of its bar and the two beside it. */
export interface Swing {
  readonly bar: number
  readonly price: number
  readonly oscillator: number
}

/** Regular: price goes further, the oscillator does not. Hidden: the oscillator goes further, price does not. */
export type DivergenceForm = 'regular' | 'hidden'

/** Two pivots of the oscillator that disagree with price. */
export interface DivergencePair {
  readonly form: DivergenceForm
  /** Of which extremes: `low` makes it bullish, `high` bearish. */
  readonly kind: PivotKind
  readonly first: Swing
  readonly second: Swing
}

/** Follows one oscillator and finds its divergences. */
export interface DivergencePairs {
  /** Takes the oscillator's value at bar `i` (NaN before it is defined) and gives the pairs whose second pivot that bar confirms. */
  readonly push: (bars: Bars, i: number, value: number) => readonly DivergencePair[]
  /** Pairs whose second pivot stands in the last 4 bars up to `i`, the bar pushed last: bars yet to come may undo them. */
  readonly provisional: (bars: Bars, i: number) => readonly DivergencePair[]
}

/**
 * Divergences between price and an oscillator. Pivots (5, 5) are those of the oscillator. A pair is 5 to 60 bars apart, price and
 * oscillator disagree (see `DivergenceForm`; all inequalities strict), and the oscillator in between does not pass the straight line that
 * joins its two values by more than 10 % of their difference. For each second pivot and form: the nearest earlier pivot
 * that qualifies.
 * @returns a state of its own, to be fed every bar in order of time, from index 0
 * @see methods: structure, divergence
 * @example divergencePairs().push(bars, 0, 50) // []
 */
export function divergencePairs(): DivergencePairs {
  const find = pivotFinder(PIVOT_BARS, PIVOT_BARS)
  const history = new Float64Array(HISTORY).fill(NaN)
  const swings: Readonly<Record<PivotKind, Swing[]>> = { low: [], high: [] }

  const pairsOf = (kind: PivotKind, second: Swing): readonly DivergencePair[] => {
    const found: DivergencePair[] = []
    for (const form of FORMS) {
      const first = nearestFirst(history, swings[kind], form, directionOf(kind), second)
      if (first !== undefined) found.push({ form, kind, first, second })
    }
    return found
  }

  const push = (bars: Bars, i: number, value: number): readonly DivergencePair[] => {
    history[i % HISTORY] = value
    const kind = find(value)
    if (kind === undefined) return NONE
    const second = swingAt(bars, history, i - PIVOT_BARS, kind)
    const found = pairsOf(kind, second)
    swings[kind].push(second)
    if (i - (swings[kind][0] as Swing).bar > FARTHEST + PIVOT_BARS) swings[kind].shift()
    return found
  }

  const provisional = (bars: Bars, i: number): readonly DivergencePair[] =>
    (['low', 'high'] as const).flatMap((kind) => {
      const bar = unconfirmedPivot(history, i, directionOf(kind))
      return bar === undefined ? [] : pairsOf(kind, swingAt(bars, history, bar, kind))
    })

  return { push, provisional }
}

const FORMS: readonly DivergenceForm[] = ['regular', 'hidden']

const NONE: readonly DivergencePair[] = []

const directionOf = (kind: PivotKind): Direction => (kind === 'low' ? 1 : -1)

function swingAt(bars: Bars, history: Float64Array, bar: number, kind: PivotKind): Swing {
  const direction = directionOf(kind)
  const price = Math.min(lowOf(bars, bar - 1, direction), lowOf(bars, bar, direction), lowOf(bars, bar + 1, direction))
  return { bar, price: direction * price, oscillator: history[bar % HISTORY] as number }
}

function nearestFirst(
  history: Float64Array,
  swings: readonly Swing[],
  form: DivergenceForm,
  direction: Direction,
  second: Swing,
): Swing | undefined {
  for (let k = swings.length - 1; k >= 0; k--) {
    const first = swings[k] as Swing
    if (qualifies(history, form, direction, first, second)) return first
  }
  return undefined
}

function qualifies(
  history: Float64Array,
  form: DivergenceForm,
  direction: Direction,
  first: Swing,
  second: Swing,
): boolean {
  const bars = second.bar - first.bar
  if (bars < NEAREST || bars > FARTHEST) return false
  const further = form === 'regular' ? direction : -direction
  if (!(further * second.price < further * first.price)) return false
  const rise = second.oscillator - first.oscillator
  if (!(further * rise > 0)) return false
  const slack = TOLERANCE * Math.abs(rise)
  for (let k = 1; k < bars; k++) {
    const line = first.oscillator + (rise * k) / bars
    const value = history[(first.bar + k) % HISTORY] as number
    if (!(direction * value >= direction * line - slack)) return false
  }
  return true
}

/** A bar among the last 4 before `i` that would be a pivot if no later value undid it. */
function unconfirmedPivot(history: Float64Array, i: number, direction: Direction): number | undefined {
  for (let bar = i - 1; bar > i - PIVOT_BARS && bar >= PIVOT_BARS; bar--) {
    const value = direction * (history[bar % HISTORY] as number)
    let isPivot = true
    for (let j = bar - PIVOT_BARS; j <= i; j++) {
      if (j !== bar && !(value < direction * (history[j % HISTORY] as number))) isPivot = false
    }
    if (isPivot) return bar
  }
  return undefined
}
