import { DAY_MS } from '../../core/instant.ts'
import type { Position } from '../../records/position.ts'

/** What is read of a position. */
export type PositionRow = Pick<Position, 'account' | 'at' | 'coins' | 'entryPrice' | 'liquidationPrice' | 'unrealised'>

/** What one account held of an asset when it was looked at; nothing where it was looked at and held none. */
export interface AccountLook {
  readonly account: string
  readonly at: number
  readonly positions: readonly PositionRow[]
}

/** Longest for which what was seen of an account still stands: accounts are looked at once a day at the least. */
export const STANDS_MS = DAY_MS

/**
 * The positions that stand at a moment: of every account those of the last look at it before the moment, where that is no older than
 * `STANDS_MS`. A position that was there at an earlier look and is not at the last was closed.
 * @param looks - oldest first
 * @param at - ms; what was seen then or later is not looked at
 * @returns undefined where no account was looked at in the time before; positions of 0 coins are none
 * @example openPositions([{ account: '0x1', at: 0, positions: [long] }], 1000) // [long]
 */
export function openPositions(looks: readonly AccountLook[], at: number): readonly PositionRow[] | undefined {
  const [from, to] = [placeOf(looks, at - STANDS_MS), placeOf(looks, at)]
  if (from === to) return undefined
  const last = new Map<string, AccountLook>()
  for (const look of looks.slice(from, to)) last.set(look.account, look)
  return [...last.values()].flatMap(({ positions }) => positions.filter(({ coins }) => coins !== 0))
}

/** How many looks are before a moment. */
function placeOf(looks: readonly AccountLook[], at: number): number {
  let [low, high] = [0, looks.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((looks[middle] as AccountLook).at < at) low = middle + 1
    else high = middle
  }
  return low
}
