import type { PriceAt } from '../worldPrices.ts'

/** A coin as the publisher sees it. */
export interface Coin {
  readonly id: string
  readonly asset: string
  readonly name: string
  /** US dollars now. */
  readonly price: number
  /** Points of a day or of an hour, oldest first. */
  readonly past: (stepMs: number, from: number) => readonly PriceAt[]
  /** Coins in circulation at an instant. */
  readonly supply: (at: number) => number
}
