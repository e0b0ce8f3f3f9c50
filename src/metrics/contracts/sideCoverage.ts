/** The least and the most that something can be. */
export interface CoverageBounds {
  readonly least: number
  readonly most: number
}

/** Shares of open interest that known longs and known shorts make up. */
export interface SideCoverage {
  readonly long: CoverageBounds
  readonly short: CoverageBounds
}

/** What is known to be held on each side, in the unit that open interest is in. */
export interface KnownSides {
  readonly long: number
  readonly short: number
}

/**
 * How much of a venue's open interest known positions make up, side by side: each side of a market is as large as its one-sided open
 * interest. Where it is not known how many sides the venue counts, open interest has bounds and so has the share. It cannot be less than
 * what is known to be held on either side, which narrows them.
 * @param known - coins or dollars, not negative
 * @param openInterest - one-sided, in the same unit: the least and the most that it can be
 * @returns percent, 0 to 100; NaN where open interest is not known or nothing is open
 * @example sideCoverage({ long: 20, short: 35 }, { least: 50, most: 100 }).long // { least: 20, most: 40 }
 */
export function sideCoverage({ long, short }: KnownSides, openInterest: CoverageBounds): SideCoverage {
  const held = Math.max(long, short)
  const [least, most] = [Math.max(openInterest.least, held), Math.max(openInterest.most, held)]
  const share = (side: number): CoverageBounds => ({ least: (100 * side) / most, most: (100 * side) / least })
  return { long: share(long), short: share(short) }
}
