import type { SimTrade } from '../../market/live/book.ts'
import { HUNDREDTHS } from './quantities.ts'

/** One match of a taker's order with one resting order. */
export interface Match {
  /** Counts the matches of an instrument, none left out. */
  readonly id: number
  readonly hundredths: number
}

/** The matches that a trade is made of, oldest first; their sizes add up to the trade's. */
export function matchesOf({ firstFill, fills, lots }: SimTrade): readonly Match[] {
  const share = Math.floor((lots * HUNDREDTHS) / fills)
  return Array.from({ length: fills }, (_, i) => ({
    id: firstFill + i,
    hundredths: i < fills - 1 ? share : lots * HUNDREDTHS - share * (fills - 1),
  }))
}

/** The id that stands for a whole trade: that of its last match. */
export const lastIdOf = ({ firstFill, fills }: SimTrade): number => firstFill + fills - 1
