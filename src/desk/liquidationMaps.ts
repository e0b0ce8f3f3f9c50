import { closeAt } from '../core/candles.ts'
import type { Frame } from '../core/frame.ts'
import { intervalMs } from '../core/interval.ts'
import { grouped } from '../core/grouped.ts'
import { median } from '../core/sum.ts'
import { sumMaps } from '../metrics/contracts/liquidationMap.ts'
import type { MapWindow } from '../metrics/contracts/liquidationMapMetric.ts'
import { mapHeat, type MapHeat } from '../metrics/contracts/mapHeat.ts'
import { mapMoment, type MapMoment } from '../metrics/contracts/mapMoment.ts'
import type { GroupWish } from './columns/group.ts'
import { mapsFrom } from './columns/liquidationMap.ts'
import { mapsAt, type InstrumentMap } from './columns/mapsAt.ts'
import { readMapTapes, type HeldTape } from './columns/mapTapes.ts'
import { assetInstruments, type ColumnsWish } from './columns/readColumns.ts'
import type { Desk } from './desk.ts'

/** The estimated liquidation map of an asset as of T: over all venues, each venue by itself, and over time. */
export interface LiquidationMaps {
  readonly window: MapWindow
  /** Over all instruments that have a map at T; undefined where none has. */
  readonly all: MapMoment | undefined
  readonly venues: readonly { readonly venue: string; readonly moment: MapMoment }[]
  /** A value for every bar of the frame's grid that was asked for. */
  readonly heat: MapHeat
  /** Venues of which the ledger does not know whether open interest counts one side or both: their amounts may be half. */
  readonly mayBeHalf: readonly string[]
}

/** How far beyond the prices of its bars a heat map reaches, share of the price. */
const BEYOND = 0.15

/**
 * Reads the maps of the asset of a frame: at its T, and at the closes of its last bars.
 * @param frame - with candles, whose prices the heat map is laid around
 * @param bars - how many bars the heat map has
 */
export async function readLiquidationMaps(
  desk: Desk,
  frame: Frame,
  { window, bars, ...place }: ColumnsWish & { readonly window: MapWindow; readonly bars: number },
): Promise<LiquidationMaps> {
  const { asset, asOf, interval, grid } = frame
  const stepMs = intervalMs(interval)
  const wish: GroupWish = { asset, asOf, interval, stepMs, instruments: await assetInstruments(desk, frame), ...place }
  const { tapes } = await readMapTapes(desk, wish, mapsFrom(wish, window))
  const { maps } = mapsAt(tapes, asOf, window)
  return {
    window,
    all: momentOf(maps),
    venues: [...grouped(maps, ({ held }) => held.is.venue)].flatMap(([venue, own]) => {
      const moment = momentOf(own)
      return moment === undefined ? [] : [{ venue, moment }]
    }),
    heat: heatOf(tapes, frame, Math.max(0, grid.length - bars), window),
    mayBeHalf: [...new Set(maps.flatMap(({ held }) => (held.mayBeHalf ? [held.is.venue] : [])))],
  }
}

function momentOf(maps: readonly InstrumentMap[]): MapMoment | undefined {
  const map = sumMaps(maps.map((each) => each.map))
  return map === undefined ? undefined : mapMoment(map, median(maps.map(({ mark }) => mark)))
}

function heatOf(tapes: readonly HeldTape[], { grid, candles }: Frame, first: number, window: MapWindow): MapHeat {
  const maps = Array.from({ length: grid.length - first }, (_, i) =>
    sumMaps(mapsAt(tapes, closeAt(grid, first + i), window).maps.map(({ map }) => map)),
  )
  const [low, high] = [candles?.low.subarray(first), candles?.high.subarray(first)].map((column) =>
    (column ?? new Float64Array(0)).filter((price) => price > 0),
  )
  const lowest = low?.reduce((a, b) => Math.min(a, b), Infinity) ?? Infinity
  const highest = high?.reduce((a, b) => Math.max(a, b), 0) ?? 0
  if (!(lowest <= highest)) return mapHeat([], { low: 1, high: 1 })
  return mapHeat(maps, { low: lowest * (1 - BEYOND), high: highest * (1 + BEYOND) })
}
