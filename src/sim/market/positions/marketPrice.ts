import { portableExp, portableLog } from '../portableMath.ts'
import type { Habits, Wander } from './habits.ts'

export const MINUTES_A_DAY = 1440
/** Log volatility stays below this, however moods add up. */
const MOST_UNREST = 1.5

/** A price that is moved on minute by minute. */
export interface MarketPrice {
  /** Natural logarithm of the mark price of each minute so far. */
  readonly logs: number[]
  /** Volatility of the last minute over the usual. */
  unrest: number
  /** Moves it on by a minute; `push` is added to its log. */
  readonly next: (push: number) => number
}

/**
 * A price with clusters of volatility, trends that come and go, and jumps.
 * @param normal - standard normal numbers
 * @param uniform - uniform numbers in [0, 1)
 */
export function marketPrice(habits: Habits, normal: () => number, uniform: () => number): MarketPrice {
  const mood = wander(habits.unrest, normal)
  const trend = wander(habits.trend, normal)
  const step = habits.dailyVolatility / Math.sqrt(MINUTES_A_DAY)
  const drift = habits.dailyVolatility / MINUTES_A_DAY
  const { deviation } = habits.unrest
  const price: MarketPrice = {
    logs: [portableLog(habits.firstPrice)],
    unrest: 1,
    next: (push) => {
      price.unrest = portableExp(Math.min(MOST_UNREST, mood() - deviation * deviation))
      const jumps = uniform() < habits.jumpsADay / MINUTES_A_DAY
      const jump = jumps ? habits.jumpSize * habits.dailyVolatility * normal() : 0
      const move = drift * trend() + step * price.unrest * normal() + jump
      price.logs.push((price.logs.at(-1) as number) + move + push)
      return portableExp(price.logs.at(-1) as number)
    },
  }
  return price
}

/** A number that wanders about 0, minute by minute. */
export function wander({ deviation, halfLifeHours }: Wander, normal: () => number): () => number {
  const keep = portableExp(-Math.LN2 / (60 * halfLifeHours))
  const fresh = Math.sqrt(1 - keep * keep)
  let state = normal()
  return () => {
    state = keep * state + fresh * normal()
    return deviation * state
  }
}
