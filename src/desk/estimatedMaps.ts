import { openAt, type Grid } from '../core/candles.ts'
import type { Frame } from '../core/frame.ts'
import type { ContractReading } from '../notes/contractReading.ts'
import { estimatedMapReading } from '../notes/estimatedMaps.ts'
import type { Desk } from './desk.ts'
import { readLiquidationMaps } from './liquidationMaps.ts'

/** The map that a note shows, and how many of the last bars it shows over time. */
const SHOWN = { window: '7d', bars: 60 } as const

/**
 * Reads the estimated liquidation map of the asset of a daily frame as of its T, and at the closes of its last bars. What it is read from
 * is what the columns `liquidation_map_7d` are read from.
 */
export async function readEstimatedMaps(desk: Desk, daily: Frame): Promise<Pick<ContractReading, 'maps' | 'heat'>> {
  const { all: moment, heat, venues, mayBeHalf } = await readLiquidationMaps(desk, daily, SHOWN)
  if (moment === undefined) return {}
  return estimatedMapReading({
    window: SHOWN.window,
    at: daily.asOf,
    moment,
    heat,
    grid: lastBars(daily.grid, SHOWN.bars),
    venues: venues.map(({ venue }) => venue),
    mayBeHalf,
  })
}

function lastBars(grid: Grid, bars: number): Grid {
  const first = Math.max(0, grid.length - bars)
  return { start: openAt(grid, first), step: grid.step, length: grid.length - first }
}
