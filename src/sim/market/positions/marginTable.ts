/** One row of a venue's table: what must stand behind a position of up to so many USD. */
export interface MarginRow {
  readonly upToUsd: number
  /** Share of the position's value that must stay, less the amount. */
  readonly rate: number
  readonly amount: number
  readonly mostLeverage: number
}

/** Each row reaches so many times further than the one before, and asks for this multiple of the first rate. */
const REACH = 5
const STEPS = [1, 1.5, 2.5, 4, 8, 15, 30]
const MOST_RATE = 0.4
const MOST_LEVERAGE = 125

/**
 * The table of one simulated venue. The amounts are such that what must stay has no step from row to row.
 * @param rate - maintenance margin of small positions, share of their value
 * @param smallUsd - USD up to which a position is small
 * @returns rows, the smallest first; the last has no end
 * @example marginTable(0.005, 100_000)[1].amount // 250
 */
export function marginTable(rate: number, smallUsd: number): readonly MarginRow[] {
  const rows: MarginRow[] = []
  let [from, amount, before] = [0, 0, 0]
  for (const [k, step] of STEPS.entries()) {
    const own = Math.min(MOST_RATE, rate * step)
    amount += from * (own - before)
    const upToUsd = k === STEPS.length - 1 ? Infinity : smallUsd * REACH ** k
    rows.push({ upToUsd, rate: own, amount, mostLeverage: Math.max(1, Math.min(MOST_LEVERAGE, 1 / (2 * own))) })
    from = upToUsd
    before = own
  }
  return rows
}

/** The most leverage that the table gives a position of so many USD. */
export const mostLeverage = (table: readonly MarginRow[], usd: number): number =>
  table.find(({ upToUsd }) => usd <= upToUsd)?.mostLeverage ?? 1

/** What a position is to its venue. */
export interface Held {
  /** 1 long, -1 short. */
  readonly side: 1 | -1
  readonly coins: number
  readonly entry: number
  /** USD that stand behind it: its margin where isolated, all that the account holds where cross. */
  readonly collateral: number
}

/**
 * The mark price at which what stands behind a position, with its profit, is just what must stay.
 * @returns 0 for a long that no price ends
 * @example levelOf({ side: 1, coins: 1, entry: 100, collateral: 10 }, marginTable(0.005, 1e6)) // 90.45
 */
export function levelOf({ side, coins, entry, collateral }: Held, table: readonly MarginRow[]): number {
  let level = 0
  for (const { upToUsd, rate, amount } of table) {
    level = (coins * entry - side * (collateral + amount)) / (coins * (1 - side * rate))
    if (coins * level <= upToUsd) break
  }
  return Math.max(0, level)
}
