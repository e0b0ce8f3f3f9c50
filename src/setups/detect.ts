import { closeAt, openAt, runs, sliceCandles, type Bar, type Candles, type Grid } from '../core/candles.ts'
import { formatInstant } from '../core/instant.ts'
import type { Params } from '../core/params.ts'
import { growingBars } from './growingBars.ts'
import { setupId } from './setupId.ts'
import type { BarEvent, SetupEvent, SetupFamily, Step } from './setup.ts'

/**
 * All events of a family of setups over candles. After a gap the detector starts afresh, as if nothing had been before it.
 * @param family - one detector and the kinds of event it emits
 * @param params - bound parameters of the family
 * @param candles - closed bars on one grid, oldest first; a bar whose close is NaN is a gap
 * @returns events of every kind of the family, in order of the bar that completes them; none for no candles. The events of
 * the first k bars are the same whatever comes after bar k
 * @example detect(macdCross, {}, candles).map((event) => event.setup) // ['macd_golden_cross', 'macd_above_zero']
 */
export function detect(family: SetupFamily, params: Params, candles: Candles): readonly BarEvent[] {
  const found: BarEvent[] = []
  for (const [from, to] of runs(candles.close)) {
    const bars = sliceCandles(candles, from, to)
    const emit = (event: BarEvent): void => void found.push(from === 0 ? event : movedBy(event, from))
    if (family.whole === undefined) stepThrough(family.detector(params, emit), bars)
    else family.whole(params, bars, emit)
  }
  return found
}

/**
 * The streaming form of `detect`: one closed bar in, the events it completes out. Bars count from 0 at the first one pushed,
 * gaps included; the events are those of `detect` over the same bars.
 * @returns a function to be fed every bar in order of time; a bar whose close is NaN is a gap and gives none
 * @example bars.flatMap(streamSetup(macdCross, {})) // as detect(macdCross, {}, candles)
 */
export function streamSetup(family: SetupFamily, params: Params): (bar: Bar) => readonly BarEvent[] {
  let found: BarEvent[] = []
  let count = 0
  const beginRun = (at: number) => {
    const step = family.detector(params, (event) => found.push(movedBy(event, at)))
    return { columns: growingBars(), step }
  }
  let run: ReturnType<typeof beginRun> | undefined
  return (bar) => {
    const i = count++
    found = []
    if (Number.isNaN(bar.close)) {
      run = undefined
      return found
    }
    run ??= beginRun(i)
    const index = run.columns.push(bar)
    run.step(run.columns.bars(), index)
    return found
  }
}

/**
 * Events as users see them: bars become times, and each has an id of its own, `setup(params)@open of its bar`.
 * @param family - the family that emitted them, with the parameters it ran with
 * @param grid - the grid whose bar 0 the events count from
 * @returns one event for each, in the same order; `at` is the open of the bar that completes it, `knownAt` its close
 * @example setupEvents(macdCross, {}, candles, found)[0].id // 'macd_golden_cross@2025-04-14T00:00:00Z'
 */
export function setupEvents(
  family: SetupFamily,
  params: Params,
  grid: Grid,
  found: readonly BarEvent[],
): readonly SetupEvent[] {
  const name = (setup: string, bar: number) =>
    `${setupId(setup, family.params, params)}@${formatInstant(openAt(grid, bar))}`
  return found.map((event) => ({
    id: name(event.setup, event.bar),
    ...(event.of === undefined ? {} : { of: name(event.of.setup, event.of.bar) }),
    at: openAt(grid, event.bar),
    knownAt: closeAt(grid, event.bar),
    ...(event.pivot === undefined ? {} : { pivotAt: openAt(grid, event.pivot) }),
    ...(event.firstPivot === undefined ? {} : { firstPivotAt: openAt(grid, event.firstPivot) }),
    side: event.side,
    evidence: event.evidence,
  }))
}

function stepThrough(step: Step, bars: Candles): void {
  for (let i = 0; i < bars.length; i++) step(bars, i)
}

const movedBy = (event: BarEvent, bars: number): BarEvent => ({
  ...event,
  bar: event.bar + bars,
  ...(event.pivot === undefined ? {} : { pivot: event.pivot + bars }),
  ...(event.firstPivot === undefined ? {} : { firstPivot: event.firstPivot + bars }),
  ...(event.of === undefined ? {} : { of: { setup: event.of.setup, bar: event.of.bar + bars } }),
})
