import { formatDay, parseInstant, plusMs, DAY_MS, type InstantMs } from '../core/instant.ts'
import { openAt } from '../core/candles.ts'
import { lastHeld } from './lastHeld.ts'
import type { MacroReading } from './macroReading.ts'

/** Days over which strength is compared. */
const STRENGTH_DAYS = 30

/** What an asset can be held against, and what its price leaves out. */
export interface Other {
  readonly symbol: string
  readonly name: string
  readonly short: string
  /** @param source - `by FRED`, `from a file` */
  readonly remark: (source: string) => string
  /** Whether text must say what it is, since another thing than the one named is priced. */
  readonly stands?: 'for another'
}

const token = (ticker: string): Other => ({
  symbol: `GOLD_${ticker}`,
  name: 'gold',
  short: 'gold',
  remark: (source) =>
    `Gold is the token ${ticker}, priced ${source} at the close in New York; a token's price can leave the metal's`,
  stands: 'for another',
})

/** Each thing that an asset is held against, by whatever is held of it: the first stands before the others. */
const OTHERS: readonly (readonly [Other, ...Other[]])[] = [
  [
    {
      symbol: 'SPX',
      name: 'the S&P 500',
      short: 'S&P 500',
      remark: () => 'The S&P 500 is without dividends',
    },
  ],
  [
    { symbol: 'GLD', name: 'gold', short: 'gold', remark: () => 'Gold is the fund GLD: its fees are in the price' },
    token('PAXG'),
    token('XAUT'),
  ],
]

/** Series that stand for one another: where one of a list is held the others are not missed. */
export const ALTERNATIVES: readonly (readonly string[])[] = OTHERS.map((list) => list.map(({ symbol }) => symbol))

/** One of them whose closes are held, with the measure of strength against it. */
export interface Compared {
  readonly other: Other
  /** `relative_strength(SPX, 2025-03-24)`, of which `.asset` and `.series` are the two. */
  readonly id: string
  /** The day whose close both are counted from. */
  readonly since: InstantMs
  /** The last day on which both have a close. */
  readonly bar: number
}

/** All that an asset can be compared with over the last thirty days, close to close in New York; of gold one. */
export function comparedWith({ base }: MacroReading): readonly Compared[] {
  const day = formatDay(plusMs(base.closeAt(base.last), -(STRENGTH_DAYS + 1) * DAY_MS))
  const from = Math.max(0, base.barOf(parseInstant(day)))
  const against = (other: Other): readonly Compared[] => {
    const id = `relative_strength(${other.symbol}, ${day})`
    const bar = lastHeld(base, `${id}.value`)
    if (bar === undefined) return []
    const first = base.column(`${id}.value`).findIndex((value, i) => i >= from && !Number.isNaN(value))
    return [{ other, id, since: openAt(base.frame.grid, first), bar }]
  }
  return OTHERS.flatMap((list) => list.flatMap(against).slice(0, 1))
}

/** Differences under this, in percent, are none worth a word. */
const ALIKE = 0.5

/** How an asset fared against another: the difference of their log returns in percent, in a word. */
export function sideOf(apart: number): 'better' | 'alike' | 'worse' {
  if (Math.abs(apart) < ALIKE) return 'alike'
  return apart > 0 ? 'better' : 'worse'
}
