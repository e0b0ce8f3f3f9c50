import type { ChannelWindow } from './channelFit.ts'

/** The latest closes, side by side in one column. */
export interface RecentCloses {
  /** Takes the log price of the next close. */
  readonly push: (logClose: number) => void
  /** Closes of bars `first` to `last`, where `last` is the one pushed last. */
  readonly since: (last: number, first: number) => ChannelWindow
}

/**
 * Keeps at least the last `most` closes; pushing costs O(1) on average and the column never moves to new memory.
 * @example recentCloses(1000).since(0, 0).logClose.length // 4000
 */
export function recentCloses(most: number): RecentCloses {
  const logClose = new Float64Array(4 * most)
  let length = 0
  const push = (value: number): void => {
    if (length === logClose.length) {
      logClose.copyWithin(0, length - most)
      length = most
    }
    logClose[length++] = value
  }
  const since = (last: number, first: number): ChannelWindow => {
    const bars = last - first + 1
    return { logClose, from: length - bars, bars, first }
  }
  return { push, since }
}
