import type { MarginTable } from './liquidationPrice.ts'

/** How much of what is opened has one leverage. */
export interface LeverageTier {
  readonly leverage: number
  /** Share of what is opened, 0 to 1. */
  readonly weight: number
}

/**
 * The leverages that an estimated map spreads new positions over. No venue publishes them: the numbers are those that venues offer as
 * buttons, the weights an assumption that middling leverage is most used, and neither was fitted to anything.
 */
export const LEVERAGE_MIX: readonly LeverageTier[] = [
  { leverage: 3, weight: 0.1 },
  { leverage: 5, weight: 0.15 },
  { leverage: 10, weight: 0.25 },
  { leverage: 20, weight: 0.2 },
  { leverage: 25, weight: 0.1 },
  { leverage: 50, weight: 0.1 },
  { leverage: 75, weight: 0.05 },
  { leverage: 100, weight: 0.05 },
]

/** What is assumed of a venue whose table is not at hand: half a percent stays, up to leverage 100, about what the largest venues ask of small positions. */
export const ASSUMED_TABLE: MarginTable = {
  countedBy: 'value',
  tiers: [{ upTo: Infinity, maintenance: 0.005, amount: 0 }],
  mostLeverage: 100,
}

/**
 * A mix in which nobody has more leverage than a venue gives: those who would have more take the most there is.
 * @returns the mix with the same sum of weights
 * @example cappedMix([{ leverage: 5, weight: 0.4 }, { leverage: 50, weight: 0.6 }], 20) // [{ 5, 0.4 }, { 20, 0.6 }]
 */
export function cappedMix(mix: readonly LeverageTier[], mostLeverage: number): readonly LeverageTier[] {
  const within = mix.filter(({ leverage }) => leverage < mostLeverage)
  const beyond = mix.filter(({ leverage }) => leverage >= mostLeverage).reduce((sum, { weight }) => sum + weight, 0)
  return beyond === 0 ? within : [...within, { leverage: mostLeverage, weight: beyond }]
}
