import { closeAt, gaps, type Grid } from '../../core/candles.ts'
import type { Input } from '../../core/frame.ts'
import { DAY_MS, plusMs, type InstantMs } from '../../core/instant.ts'
import { intervalMs, intervalOfMs } from '../../core/interval.ts'
import { median } from '../../core/sum.ts'
import { sumMaps } from '../../metrics/contracts/liquidationMap.ts'
import type { MapWindow } from '../../metrics/contracts/liquidationMapMetric.ts'
import { mapOutline } from '../../metrics/contracts/mapOutline.ts'
import type { Desk } from '../desk.ts'
import { inputOf, nothing, spanOf, type GroupWish, type ReadGroup } from './group.ts'
import { mapsAt } from './mapsAt.ts'
import { readMapTapes, type HeldTape } from './mapTapes.ts'

/** Bars before the moment of the question that maps are estimated for, and so many days at most; those before are gaps. */
const MOST_BARS = 120

/** Since when tapes are read for the maps of all those bars. */
export const mapsFrom = ({ asOf, stepMs }: GroupWish, window: MapWindow): InstantMs =>
  plusMs(asOf, -MOST_BARS * Math.min(stepMs, DAY_MS) - stepMs - intervalMs(window))

/** The estimated liquidation map of an asset bar by bar, summed over its perpetuals in dollars: each bar from its own window. */
export async function readLiquidationMap(desk: Desk, wish: GroupWish, window: MapWindow): Promise<ReadGroup> {
  const { tapes, missing } = await readMapTapes(desk, wish, mapsFrom(wish, window))
  if (tapes.length === 0) return nothing(missing)
  const latest = mapsAt(tapes, wish.asOf, window)
  return {
    span: spanOf(tapes.map((held) => ({ at: moments(held), spanMs: held.tape.step }))),
    columns: (grid) => columnsOf(tapes, grid, wish, window),
    inputs: tapes.map((held) => mapInput(held, window)),
    conventions: [...new Set(tapes.flatMap(({ conventions }) => conventions))],
    missing: latest.left.map((left) => `in the liquidation map of ${window}, ${left}`),
  }
}

function columnsOf(
  tapes: readonly HeldTape[],
  grid: Grid,
  { asOf }: GroupWish,
  window: MapWindow,
): Readonly<Record<string, Float64Array>> {
  const [above, below, aboveUsd, belowUsd] = [
    gaps(grid.length),
    gaps(grid.length),
    gaps(grid.length),
    gaps(grid.length),
  ]
  for (let bar = Math.max(0, grid.length - MOST_BARS); bar < grid.length; bar++) {
    const { maps } = mapsAt(tapes, Math.min(closeAt(grid, bar), asOf), window)
    const map = sumMaps(maps.map((each) => each.map))
    if (map === undefined) continue
    const outline = mapOutline({ ...map, mark: median(maps.map(({ mark }) => mark)) })
    above[bar] = outline.largestAbove
    below[bar] = outline.largestBelow
    aboveUsd[bar] = outline.aboveUsd
    belowUsd[bar] = outline.belowUsd
  }
  const group = `liquidation_map_${window}`
  return {
    [`${group}.largest_above`]: above,
    [`${group}.largest_below`]: below,
    [`${group}.above_usd`]: aboveUsd,
    [`${group}.below_usd`]: belowUsd,
  }
}

/** Opens of the buckets that have open interest. */
const moments = ({ tape: { start, step, openInterest } }: HeldTape): readonly number[] =>
  Array.from(openInterest, (value, i) => (Number.isNaN(value) ? [] : [start + i * step])).flat()

/** Where a map is from: the buckets of one perpetual. */
const mapInput = (held: HeldTape, window: MapWindow): Input =>
  inputOf({
    kind: `liquidation_map_${window}`,
    venue: held.is.venue,
    market: held.is.market,
    instrument: held.is.instrument,
    quote: held.is.quote,
    interval: intervalOfMs(held.tape.step),
    simulated: held.is.simulated,
    at: moments(held),
    spanMs: held.tape.step,
  })
