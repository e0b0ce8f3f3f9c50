/** Log prices nearer than this are one: a close on the very pivot that an edge runs through is not left to rounding. */
export const ON_THE_LINE = 1e-9
/** Closes in a block; a power of two. */
const BLOCK = 8
const BLOCK_BITS = 3

/** The closes that a channel must hold: the latest ones, up to the one pushed last. */
export interface ChannelWindow {
  /** Natural logarithm of every close kept; the window's are those from `from` to `end` (left out). */
  readonly logClose: Float64Array
  readonly from: number
  readonly end: number
  /** Highest and lowest of every `BLOCK` closes. */
  readonly highest: Float64Array
  readonly lowest: Float64Array
  /** Bar that stands at `from`, in the count of the pivots. */
  readonly first: number
}

/** The latest closes, side by side in one column. */
export interface RecentCloses {
  /** Takes the log price of the next close. */
  readonly push: (logClose: number) => void
  /** Closes of bars `first` to `last`, where `last` is the one pushed last. */
  readonly since: (last: number, first: number) => ChannelWindow
}

/**
 * Keeps at least the last `most` closes; pushing costs O(1) on average and the column never moves to new memory.
 * @param most - a multiple of 8
 * @example recentCloses(1000).since(0, 0).logClose.length // 4000
 */
export function recentCloses(most: number): RecentCloses {
  const logClose = new Float64Array(4 * most)
  const highest = new Float64Array((4 * most) / BLOCK)
  const lowest = new Float64Array((4 * most) / BLOCK)
  let length = 0

  const keepLatest = (): void => {
    for (const column of [logClose, highest, lowest]) column.copyWithin(0, (column.length / 4) * 3)
    length = most
  }

  const push = (value: number): void => {
    if (length === logClose.length) keepLatest()
    const block = length >> BLOCK_BITS
    const isFirst = (length & (BLOCK - 1)) === 0
    if (isFirst || value > (highest[block] as number)) highest[block] = value
    if (isFirst || value < (lowest[block] as number)) lowest[block] = value
    logClose[length++] = value
  }

  const since = (last: number, first: number): ChannelWindow => {
    return { logClose, from: length - (last - first + 1), end: length, highest, lowest, first }
  }
  return { push, since }
}

/**
 * Counts the closes of a window above (side 1) or below (side -1) a line, leaving out whole blocks that lie on the other side.
 * @param edge - log price of the line at the first bar of the window
 * @param slope - its change per bar
 * @param enough - counting may stop once there are more
 * @returns how many; where there are more than `enough`, any number above it
 * @example closesBeyond(window, 0, 0, 1, Infinity) // closes above 1
 */
export function closesBeyond(window: ChannelWindow, edge: number, slope: number, side: 1 | -1, enough: number): number {
  const { logClose, from, end } = window
  const extremes = side === 1 ? window.highest : window.lowest
  const base = side * edge + ON_THE_LINE
  const rise = side * slope
  // The line is nearest to a block at the end where it is lower, seen from the side in question.
  const nearest = Math.min(0, rise * (BLOCK - 1))
  let beyond = 0
  let i = from
  while (i < end && beyond <= enough) {
    const block = i >> BLOCK_BITS
    const blockStart = block << BLOCK_BITS
    const next = Math.min(blockStart + BLOCK, end)
    if (side * (extremes[block] as number) > base + rise * (blockStart - from) + nearest) {
      for (; i < next; i++) if (side * (logClose[i] as number) > base + rise * (i - from)) beyond++
    }
    i = next
  }
  return beyond
}
