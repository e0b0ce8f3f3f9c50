/** A stretch of time, ms, its end outside. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/**
 * How much of a stretch no fault explains: what it has before its first and behind its last fault together, or the longest
 * time between two of its faults where that is more.
 */
export function beyondFaults(stretch: Stretch, outages: readonly Stretch[]): number {
  const faults = outages
    .filter((each) => each.to > stretch.from && each.from < stretch.to)
    .toSorted((a, b) => a.from - b.from)
  if (faults.length === 0) return stretch.to - stretch.from
  const before = Math.max(0, faults[0]!.from - stretch.from)
  let between = 0
  let at = stretch.from
  for (const [i, fault] of faults.entries()) {
    if (i > 0) between = Math.max(between, fault.from - at)
    at = Math.max(at, fault.to)
  }
  return Math.max(before + Math.max(0, stretch.to - at), between)
}
