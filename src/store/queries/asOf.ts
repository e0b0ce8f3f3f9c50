import type { InstantMs } from '../../core/instant.ts'
import type { Params } from '../engine.ts'

/**
 * SQL that leaves one row per bar, the latest version known and of that the one that stands: FINAL with `knownAt <= T`, written
 * as an order since that takes a third of the time. `by` is the bar's columns.
 */
export const latestSql = (by: string): string => `order by ${by}, knownAt desc, version desc limit 1 by ${by}`

/** Settings for reading one series: it lies in few stretches of many parts, where the engine's own cleverness costs most. */
export const ONE_SERIES = { max_threads: 1, optimize_read_in_order: 0, optimize_move_to_prewhere: 0 } as const

/** A stretch of time, `from` included and `to` left out, as it was known at `asOf`. */
export interface AsOfRange {
  readonly from?: InstantMs
  readonly to?: InstantMs
  readonly asOf: InstantMs
}

/** SQL condition of a stretch of time as of an instant. */
export function rangeSql({ from, to }: AsOfRange): string {
  const conditions = ['knownAt <= fromUnixTimestamp64Milli({asOf:Int64})']
  if (from !== undefined) conditions.push('at >= fromUnixTimestamp64Milli({from:Int64})')
  if (to !== undefined) conditions.push('at < fromUnixTimestamp64Milli({to:Int64})')
  return conditions.join(' and ')
}

/** The values that `rangeSql` asks for. */
export const rangeParams = ({ from, to, asOf }: AsOfRange): Params => ({
  asOf,
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
})
