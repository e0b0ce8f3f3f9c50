import type { MapWindow } from '../../metrics/contracts/liquidationMapMetric.ts'
import { estimateMap } from '../../metrics/contracts/estimateMap.ts'
import type { LiquidationMap } from '../../metrics/contracts/liquidationMap.ts'
import { intervalMs } from '../../core/interval.ts'
import { MOST_BEHIND } from '../../frames/contracts/openInterestColumns.ts'
import type { MapTapeColumns } from '../../frames/contracts/mapTape.ts'
import type { HeldTape } from './mapTapes.ts'

/** Share of a window's buckets that must have open interest for a map of it: with less it is a map of another window. */
const LEAST_HELD = 0.5

/** The map of one instrument at a moment. */
export interface InstrumentMap {
  readonly held: HeldTape
  readonly map: LiquidationMap
  /** The last price. */
  readonly mark: number
  /** Share of the window's buckets that have open interest. */
  readonly coverage: number
}

/** Maps at a moment, and the instruments that have none then, with the reason. */
export interface MapsAt {
  readonly maps: readonly InstrumentMap[]
  readonly left: readonly string[]
}

/**
 * The maps of some instruments at a moment, from the buckets of the window before it. An instrument whose last open interest is more than
 * two buckets old, or that lacks half of the window, is left out and named: that it is gone is no fall of open interest.
 */
export function mapsAt(tapes: readonly HeldTape[], at: number, window: MapWindow): MapsAt {
  const maps: InstrumentMap[] = []
  const left: string[] = []
  for (const held of tapes) {
    const { tape, model, is } = held
    const now = Math.floor((at - tape.start) / tape.step)
    const [to, buckets] = [Math.min(now, tape.length), intervalMs(window) / tape.step]
    const from = Math.max(0, to - buckets)
    const last = lastHeld(tape, to)
    const coverage = countHeld(tape, from, to) / buckets
    const name = `${is.venue} ${is.instrument}`
    if (last < 0 || now - 1 - last > MOST_BEHIND) left.push(`${name}: its last open interest is too old`)
    else if (coverage < LEAST_HELD)
      left.push(`${name}: open interest of ${Math.round(100 * coverage)} % of the ${window} before`)
    else maps.push({ held, map: estimateMap(tape, model, from, to), mark: tape.close[last] as number, coverage })
  }
  return { maps, left }
}

/** The last bucket before `to` with a price and open interest. */
function lastHeld({ close, openInterest }: MapTapeColumns, to: number): number {
  let i = to - 1
  while (i >= 0 && Number.isNaN((close[i] as number) + (openInterest[i] as number))) i--
  return i
}

function countHeld({ openInterest }: MapTapeColumns, from: number, to: number): number {
  let count = 0
  for (let i = from; i < to; i++) if (!Number.isNaN(openInterest[i])) count++
  return count
}
