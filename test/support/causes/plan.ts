import type { Random } from '../../../src/core/random.ts'
import { portableExp, portableLog } from '../../../src/sim/market/portableMath.ts'
import type { Cause } from './cause.ts'

/**
 * The magnitudes of one episode, drawn from wide ranges. Those that data tell lie around what 873 days of ETH and BTC
 * show from 2023 on: turnover of perpetuals a day 1 to 5 times open interest (5th and 95th percentile), 1.8 to 4.2
 * times that of spot; a price that moves by 1 % where takers buy 2.6 % of open interest net, and by 1.4 to 2.2 % a day
 * beside that; takers out of balance by 1.1 to 1.4 % of turnover on days on which it moves by less than 1 %, on which
 * open interest moves by 1 % (median). What no data tell is a guess on both sides of the usual: how much of the depth
 * is spot's, how much arbitrageurs trade, how many take their profit, follow or panic. All are drawn alike whatever the
 * cause, except those of the agents that the cause is about; no measure is asked. Shares are of 1.
 */
export interface Plan {
  /** Hours in which the agents act. */
  readonly hours: number
  /** Dollars held on one side, all venues together. */
  readonly openInterest: number
  /** What is traded on perpetuals and on spot in a day, dollars. */
  readonly perpTurnover: number
  readonly spotTurnover: number
  /** Dollars that move the price of perpetuals, and of spot, by one log unit. */
  readonly perpDepth: number
  readonly spotDepth: number
  /** Standard deviation of what makers requote by in a day without any trade. */
  readonly news: number
  /** Standard deviation of what ordinary takers buy more than they sell in a day, share of the turnover. */
  readonly imbalance: number
  /** Positions opened, and as many closed, on ordinary flow in a day, share of open interest. */
  readonly churn: number
  /** Share of a gap between two books that arbitrageurs close by trading; makers close the rest by their quotes. */
  readonly arbitrage: number
  /** By how much the agents' orders alone move the price, log units. */
  readonly move: number
  /** When they begin and for how long they act, shares of the hours. */
  readonly begins: number
  readonly lasts: number
  /** What holders of perpetuals and buyers of spot give of those orders. */
  readonly leverageShare: number
  /** Positions opened on both sides because the price moves, share of open interest. */
  readonly attention: number
  /** Share of what these agents trade on perpetuals that meets holders who take their profit, not makers. */
  readonly profitTaking: number
  /** Share of ordinary holders with little margin. */
  readonly daring: number
  /** Share of one side that is held by a crowd with little margin, which entered lately. */
  readonly crowd: number
  /** For a dollar that is closed by force, what holders of that side close in fear. */
  readonly panic: number
}

const HOURS = [8, 12, 24] as const

/** Draws an episode in which one cause is meant to move the price. */
export function drawPlan(cause: Cause, random: Random): Plan {
  const uniform = (low: number, high: number): number => low + (high - low) * random.uniform()
  const logUniform = (low: number, high: number): number =>
    low * portableExp(random.uniform() * portableLog(high / low))
  const openInterest = logUniform(2e8, 2e10)
  const perpTurnover = openInterest * logUniform(1, 5)
  const depth = openInterest * logUniform(1.2, 3.5)
  const ofSpot = uniform(0.2, 0.45)
  const isOpening = cause === 'leverage' || cause === 'spot' || cause === 'both'
  // Where one group leads, a few of the other join; where both do, neither gives more than half as much again.
  const followers = uniform(0, 0.15)
  const leverageShare = {
    leverage: 1 - followers,
    spot: followers,
    both: uniform(0.4, 0.6),
    forced: uniform(0, 1),
    closing: 0,
  }
  return {
    hours: HOURS[Math.floor(random.uniform() * HOURS.length)] as number,
    openInterest,
    perpTurnover,
    spotTurnover: perpTurnover / logUniform(1.8, 4.2),
    perpDepth: depth * (1 - ofSpot),
    spotDepth: depth * ofSpot,
    news: logUniform(0.008, 0.025),
    imbalance: logUniform(0.004, 0.016),
    churn: logUniform(0.03, 0.15),
    arbitrage: uniform(0.05, 0.4),
    // A squeeze begins with a push that is smaller than what follows.
    move: cause === 'forced' ? logUniform(0.015, 0.04) : logUniform(0.025, 0.1),
    begins: uniform(0, 0.3),
    lasts: uniform(0.3, 0.7),
    leverageShare: leverageShare[cause],
    attention: isOpening ? logUniform(0.02, 0.08) : 0,
    profitTaking: isOpening ? uniform(0.2, 0.8) : uniform(0.5, 1),
    daring: uniform(0.005, 0.08),
    crowd: cause === 'forced' ? uniform(0.15, 0.4) : 0,
    panic: cause === 'forced' ? uniform(0, 0.5) : 0,
  }
}
