import { numberParam } from '../core/params.ts'
import { atrStream } from '../metrics/price/atr.ts'
import { LEVEL_BARS, levelTracker } from '../metrics/structure/levelTracker.ts'
import type { Pivot, PivotKind } from '../metrics/structure/pivots.ts'
import { barOf } from './barOf.ts'
import { emitLevelEvents, type LevelFinding } from './levelEvents.ts'
import { directionOf, stepPivotWatch, watchPivot, type PivotWatch } from './levelPivotBreak.ts'
import { levelTest, stepLevelTest } from './levelTest.ts'
import { carryOver, type LevelWatch } from './levelWatch.ts'
import type { Bars, Emit, SetupFamily, Step } from './setup.ts'

/** Bars before the first value of ATR(14). */
const FIRST_ATR = 14

/**
 * Tests and breaks of price levels. A close at least 1 ATR away arms a level, a later bar within 0.5 ATR touches it, and then
 * `level_rejected` is a later close at least 1 ATR back on the side price came from (long where the level held from above),
 * `level_break` a close more than 0.25 ATR beyond (long upwards), which must be armed again. `level_flip` (of the break): the first rejection
 * of a broken level from the side that the break led to. ATR(14) of each bar.
 *
 * Parameter `price` (optional): that fixed level. Without it, the levels known before each bar (see `levels`), each with its own
 * tests for as long as it stays itself; and for `level_break` the last confirmed pivot high (upwards) and low (downwards) too,
 * armed by a close since the pivot, each broken once. Where one bar does the same to several, the one nearest to the close is named.
 *
 * Evidence: `level` and `close` (quote unit), `atr`, `from` (`above` or `below`: where price came from), `tests` (rejections since the
 * last break; a rejection counts itself), `distance_atr` (close to level), `basis` (`price`, `cluster` or `pivot`), `levels` (how many
 * the bar did this to); of a cluster its `pivots`. `pivot` is the bar of a pivot that was broken.
 * @see methods: structure, levels
 * @example detect(levels, { price: 1650 }, candles).filter((event) => event.setup === 'level_rejected').length // 3
 */
export const levels: SetupFamily = {
  kinds: { level_rejected: 'Level rejected', level_break: 'Level broken', level_flip: 'Level flipped' },
  params: [{ name: 'price', kind: 'number', optional: true }],
  warmUp: (params) => (Number.isNaN(numberParam(params, 'price')) ? LEVEL_BARS : FIRST_ATR + 1),
  detector: (params, emit) => {
    const price = numberParam(params, 'price')
    return Number.isNaN(price) ? clusteredLevels(emit) : fixedLevel(price, emit)
  },
}

function fixedLevel(price: number, emit: Emit): Step {
  const average = atrStream(14)
  const test = levelTest(price)
  return (bars, i) => {
    const bar = barOf(bars, i)
    const atr = average(bar)
    const outcome = stepLevelTest(test, bar, atr, i)
    if (outcome === undefined) return
    emitLevelEvents([{ outcome, price, basis: 'price' }], { bar: i, close: bar.close, atr }, emit)
  }
}

function clusteredLevels(emit: Emit): Step {
  const tracker = levelTracker()
  const pivots = [pivotBreak('high'), pivotBreak('low')]
  let levels = tracker.levels()
  let watches: readonly LevelWatch[] = []
  return (bars, i) => {
    const bar = barOf(bars, i)
    tracker.step(bar)
    const atr = tracker.atr()
    let found: LevelFinding[] | undefined
    for (let k = 0; k < watches.length; k++) {
      const { test, level } = watches[k] as LevelWatch
      const outcome = stepLevelTest(test, bar, atr, i)
      if (outcome === undefined) continue
      found ??= []
      found.push({ outcome, price: level.price, basis: 'cluster', level })
    }
    for (const pivot of pivots) {
      const broken = pivot(bars, i, atr, tracker.lastPivot)
      if (broken === undefined) continue
      found ??= []
      found.push(broken)
    }
    if (found !== undefined) emitLevelEvents(found, { bar: i, close: bar.close, atr }, emit)
    if (tracker.levels() === levels) return
    levels = tracker.levels()
    watches = carryOver(watches, levels, tracker.bandwidth())
  }
}

type PivotBreak = (
  bars: Bars,
  i: number,
  atr: number,
  lastPivot: (kind: PivotKind) => Pivot | undefined,
) => LevelFinding | undefined

/** Breaks of the last confirmed pivot of one kind; a bar is judged before the pivot that it confirms is taken up. */
function pivotBreak(kind: PivotKind): PivotBreak {
  let watch: PivotWatch | undefined
  let last: Pivot | undefined
  return (bars, i, atr, lastPivot) => {
    let broken: LevelFinding | undefined
    if (watch !== undefined) {
      const outcome = stepPivotWatch(watch, bars, i, atr)
      if (outcome === 'broken') broken = brokenPivot(watch.pivot)
      if (outcome !== undefined) watch = undefined
    }
    const pivot = lastPivot(kind)
    if (pivot === last || pivot === undefined) return broken
    last = pivot
    watch = watchPivot(pivot, bars, i, atr)
    return broken
  }
}

const brokenPivot = (pivot: Pivot): LevelFinding => ({
  outcome: { kind: 'broken', from: directionOf(pivot) === 1 ? -1 : 1, tests: 0 },
  price: pivot.value,
  basis: 'pivot',
  pivot: pivot.bar,
})
