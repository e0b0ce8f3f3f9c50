import type { InstantMs } from '../../core/instant.ts'
import type { Params } from '../engine.ts'

/** Settings of every read with FINAL: rows of one key always lie in one partition, so partitions need no merging. */
export const FINAL = { do_not_merge_across_partitions_select_final: 1 } as const

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
