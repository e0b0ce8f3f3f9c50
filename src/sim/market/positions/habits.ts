import { seededRandom } from '../../../core/random.ts'
import { portableExp, portableLog } from '../portableMath.ts'

/** Why a trader opens a position. */
export type TraderKind = 'momentum' | 'contrarian' | 'noise' | 'carry'

/** What differs from one market of positions to the next: how its price moves, and what those who trade it are like. */
export interface Habits {
  readonly firstPrice: number
  /** Usual deviation of a day's log return. */
  readonly dailyVolatility: number
  /** Log volatility wanders: its deviation, and after how long half of it is forgotten. */
  readonly unrest: Wander
  /** Drift of a day, as a share of its volatility, and how long a trend lasts. */
  readonly trend: Wander
  readonly jumpsADay: number
  /** Deviation of a jump, in daily volatilities. */
  readonly jumpSize: number
  /** Deviation of a trade's price from the mark, share of the price. */
  readonly tradeNoise: number
  /** Log move of the price per share of open interest that is forcibly sold or bought. */
  readonly impact: number

  /** Positions that are open at one time, about. */
  readonly standing: number
  /** How many arrive wanders: deviation of its logarithm, and its half-life. */
  readonly interest: Wander
  /** Power of relative volatility by which more arrive. */
  readonly excitement: number
  /** Shares of the kinds of traders; they add up to 1. */
  readonly kinds: Readonly<Record<TraderKind, number>>
  /** Over how many hours momentum and contrarian traders look back, and how strictly they follow what they see. */
  readonly lookBackHours: number
  readonly conviction: number
  /** Share of those without a reason who go long. */
  readonly longShare: number
  /** USD of a position: the median, and the deviation of its logarithm. */
  readonly size: Spread

  /** Leverage: its median and the deviation of its logarithm; that of shorts as a multiple of that of longs. */
  readonly leverage: Spread
  readonly shortLeverage: number
  /** Share of traders who choose a round number, and of those who take the most they are given. */
  readonly roundShare: number
  readonly mostShare: number
  readonly crossShare: number
  /** What a cross account holds beyond the margin of its position, in margins, on average. */
  readonly cushion: number

  /** Hours a position is held unless something ends it: of most, and of the share that is in and out. */
  readonly hold: Spread
  readonly quickShare: number
  readonly quickHold: Spread
  /** Shares of traders with a stop, with a target; how far off the target is on average, in daily volatilities. */
  readonly stopShare: number
  readonly targetShare: number
  readonly targetDistance: number
  /** Share of isolated positions whose margin is added to when they come near their end. */
  readonly rescueShare: number
  /** Shares that are closed in part, and that are added to. */
  readonly partShare: number
  readonly growShare: number

  readonly makers: number
  /** What quick traders who hold nothing turn over in a day, in open interests. */
  readonly churn: number
  readonly takerShare: number
  /** Maintenance margin of small positions, and USD up to which they are small. */
  readonly maintenance: number
  readonly smallUsd: number
}

/** The middle of a log-normal amount, and the deviation of its logarithm. */
export interface Spread {
  readonly median: number
  readonly deviation: number
}

/** A quantity that wanders about its mean: its deviation, and the hours after which half of it is forgotten. */
export interface Wander {
  readonly deviation: number
  readonly halfLifeHours: number
}

/**
 * Draws the habits of one market from wide priors. The ranges are wider than what is known of real markets, because little is:
 * what is measured on such markets should not hang on one guess.
 * @param seed - any text
 * @example drawHabits('a').kinds.noise > 0 // true
 */
export function drawHabits(seed: string): Habits {
  const { uniform } = seededRandom(`${seed}/habits`)
  const between = (low: number, high: number): number => low + (high - low) * uniform()
  const across = (low: number, high: number): number => portableExp(between(portableLog(low), portableLog(high)))
  return {
    firstPrice: across(0.1, 50_000),
    dailyVolatility: across(0.015, 0.08),
    unrest: { deviation: between(0.2, 0.8), halfLifeHours: across(2, 120) },
    trend: { deviation: between(0, 0.8), halfLifeHours: across(3, 72) },
    jumpsADay: between(0, 1),
    jumpSize: between(0.2, 1.2),
    tradeNoise: between(0, 0.0003),
    impact: across(0.02, 0.4),
    standing: across(800, 2500),
    interest: { deviation: between(0.3, 1), halfLifeHours: across(6, 240) },
    excitement: between(0, 1.5),
    kinds: drawKinds(uniform),
    lookBackHours: across(0.5, 48),
    conviction: across(0.3, 4),
    longShare: between(0.35, 0.65),
    size: { median: across(200, 20_000), deviation: between(0.8, 2) },
    leverage: { median: across(3, 30), deviation: between(0.4, 1.1) },
    shortLeverage: across(0.7, 1.4),
    roundShare: uniform(),
    mostShare: between(0, 0.15),
    crossShare: between(0.1, 0.8),
    cushion: across(0.3, 5),
    hold: { median: across(2, 120), deviation: between(0.7, 1.6) },
    quickShare: between(0, 0.6),
    quickHold: { median: across(0.2, 2), deviation: 0.8 },
    stopShare: between(0, 0.7),
    targetShare: between(0, 0.6),
    targetDistance: across(0.3, 3),
    rescueShare: between(0, 0.4),
    partShare: between(0, 0.5),
    growShare: between(0, 0.3),
    makers: 3 + Math.floor(10 * uniform()),
    churn: across(0.5, 10),
    takerShare: between(0.3, 0.8),
    maintenance: across(0.003, 0.01),
    smallUsd: across(20_000, 1_000_000),
  }
}

/** Shares that are uniform over all that add up to 1, with half as many who earn the carry. */
function drawKinds(uniform: () => number): Habits['kinds'] {
  const weight = (): number => -portableLog(1 - uniform())
  const weights = { momentum: weight(), contrarian: weight(), noise: weight(), carry: weight() / 2 }
  const whole = weights.momentum + weights.contrarian + weights.noise + weights.carry
  return {
    momentum: weights.momentum / whole,
    contrarian: weights.contrarian / whole,
    noise: weights.noise / whole,
    carry: weights.carry / whole,
  }
}
