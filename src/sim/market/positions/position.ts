import { levelOf, type Held, type MarginRow } from './marginTable.ts'

/** One trader's position, and what the trader means to do with it. */
export interface Position extends Held {
  readonly margin: 'isolated' | 'cross'
  coins: number
  entry: number
  collateral: number
  /** The mark price at which the venue ends it; 0 where none does. */
  level: number
  /** Prices at which the trader ends it; where none, one that is never reached. */
  readonly stop: number
  readonly target: number
  /** How far on the way from entry to level margin is added, and how often it still will be. */
  readonly rescueAt: number
  rescues: number
  /** Something happens at or below the one, at or above the other. */
  low: number
  high: number
  /** Its place in the list of open positions. */
  place: number
}

/** What becomes of a position at a price. */
export type Fate = 'nothing' | 'liquidated' | 'stopped' | 'rescued' | 'taken'

/** Finds anew where a position ends, after it changed. */
export function settle(position: Position, table: readonly MarginRow[]): void {
  position.level = levelOf(position, table)
  const worst = [position.level, position.stop, rescuePrice(position)]
  position.low = position.side > 0 ? Math.max(...worst) : position.target
  position.high = position.side > 0 ? position.target : Math.min(...worst)
}

/** A price that never comes against a position of this side. */
export const never = (side: 1 | -1): number => (side > 0 ? 0 : Infinity)

/** What becomes of it at a price. A stop comes before the venue, wherever the price jumped over both. */
export function fateOf(position: Position, price: number): Fate {
  const { side } = position
  const isPast = (limit: number): boolean => (side > 0 ? price <= limit : price >= limit)
  if (isPast(position.stop)) return 'stopped'
  if (isPast(position.level)) return 'liquidated'
  if (isPast(rescuePrice(position))) return 'rescued'
  return side * (price - position.target) >= 0 ? 'taken' : 'nothing'
}

function rescuePrice({ side, entry, level, rescueAt, rescues }: Position): number {
  return rescues > 0 ? entry + rescueAt * (level - entry) : never(side)
}
