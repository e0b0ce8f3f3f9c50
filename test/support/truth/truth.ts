import { MINUTE_MS, SECOND_MS } from '../../../src/core/instant.ts'
import type { WorldAsset } from '../../../src/sim/market/live/assets.ts'

/** One asset as it truly is, the same on every venue and in every contract of it. All quantities are coins. */
export interface AssetTruth {
  readonly asset: string
  /** Price of a coin, which does not move: each venue rounds prices in its own way, and none of them this one. */
  readonly mark: number
  /** Smallest step of a price that every venue can write. */
  readonly step: number
  /** What all longs of one contract hold, which is what all shorts hold. */
  readonly held: number
  /** What a trade or a liquidation is a multiple of. */
  readonly piece: number
}

export const TRUTH: readonly AssetTruth[] = [
  { asset: 'BTC', mark: 93_000, step: 1, held: 1_230, piece: 0.1 },
  { asset: 'ETH', mark: 1_790, step: 0.1, held: 98_760, piece: 1 },
  { asset: 'PEPE', mark: 0.0000085, step: 0.000000001, held: 4_213_700_000_000, piece: 100_000 },
]

export const truthOf = (asset: string): AssetTruth => TRUTH.find((each) => each.asset === asset) as AssetTruth

/** The same as the simulated world wants it. */
export const WORLD: readonly WorldAsset[] = TRUTH.map(({ asset, mark }) => ({
  asset,
  price: mark,
  volatilityPct: 0,
  dayVolume: 1e9,
}))

/** Who holds how much of all longs, or of all shorts (below 0), at which leverage. The fifth with the most margin is on both sides. */
export const HOLDERS: readonly (readonly [share: number, leverage: number])[] = [
  [0.5, 5],
  [0.3, 10],
  [0.2, 20],
  [-0.4, 3],
  [-0.3, 10],
  [-0.2, 20],
  [-0.1, 20],
]

export interface TradeTruth {
  readonly at: number
  readonly coins: number
  /** Steps from the mark. */
  readonly steps: number
  readonly takerBuy: boolean
}

/** Trades of every second minute: one price a minute, takers on both sides, no two at one time. */
export function tradesFrom(startAt: number, minutes: number, { piece }: AssetTruth): readonly TradeTruth[] {
  return Array.from({ length: minutes }, (_, minute) => minute)
    .filter((minute) => minute % 2 === 0)
    .flatMap((minute) =>
      [5, 17, 41].map((second, i) => ({
        at: startAt + minute * MINUTE_MS + second * SECOND_MS,
        coins: rounded(piece * (1 + ((minute + 3 * i) % 11))),
        steps: (minute % 5) - 2,
        takerBuy: (minute + i) % 3 !== 0,
      })),
    )
}

export interface LiquidationTruth {
  readonly at: number
  readonly position: 'long' | 'short'
  readonly coins: number
}

/** Liquidations at the mark, at whole seconds far from each other: Gate tells seconds, and some venues the last of a second. */
export const liquidationsFrom = (startAt: number, { piece }: AssetTruth): readonly LiquidationTruth[] =>
  ([7, 13, 28, 44] as const).map((minute, i) => ({
    at: startAt + minute * MINUTE_MS + 30 * SECOND_MS,
    position: i % 2 === 0 ? 'long' : 'short',
    coins: rounded(piece * (17 + 6 * i)),
  }))

/** Without the noise of a double: 0.1 times 3 is 0.3. */
export const rounded = (value: number): number => Number(value.toPrecision(12))
