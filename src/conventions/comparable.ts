import type { Instrument } from '../records/instrument.ts'
import type { OpenInterest } from '../records/openInterest.ts'
import type { LiquidationRule, OpenInterestRule, TradeRule } from './convention.ts'

/** What an instrument's contract is worth, and a price to value it at. */
export interface Valued {
  readonly instrument: Pick<Instrument, 'contract' | 'contractSize' | 'multiplier'>
  /** Quote unit per unit of the instrument, as the venue gives prices. */
  readonly price?: number
}

/**
 * Coins of the asset in a venue's quantity, both sides counted as the venue counts them.
 * @param quantity - contracts, units of the instrument, coins of the asset, or quote units
 * @param countedIn - which of these
 * @returns coins; NaN where a price or a contract size is needed and not there
 * @example coinsOf(100, 'contracts', { instrument: { contract: 'linear', contractSize: 0.01, multiplier: 1 } }) // 1
 */
export function coinsOf(
  quantity: number,
  countedIn: OpenInterest['countedIn'],
  { instrument, price = NaN }: Valued,
): number {
  const { contract, contractSize = NaN, multiplier } = instrument
  switch (countedIn) {
    case 'coins':
      return quantity
    case 'units':
      return quantity * multiplier
    case 'quote':
      return (quantity / price) * multiplier
    case 'contracts':
      return contract === 'inverse'
        ? ((quantity * contractSize) / price) * multiplier
        : quantity * contractSize * multiplier
  }
}

/** Open interest in comparable units. */
export interface Comparable {
  readonly sides: OpenInterest['sides']
  /** One-sided where the sides are known, else as published. */
  readonly coins: number
  /** At the price given; NaN without one. */
  readonly quoteValue: number
}

/**
 * Open interest in coins of the asset, one-sided where the ledger knows how many sides the venue counts.
 * @param rule - what the ledger says of the number
 * @param published - the number as the venue gives it
 * @returns coins and value; NaN where what is needed to convert is not there
 * @example comparableOpenInterest({ of: 'open interest', countedIn: 'coins', sides: 'two' }, 1_147_000, valued).coins // 573500
 */
export function comparableOpenInterest(rule: OpenInterestRule, published: number, valued: Valued): Comparable {
  const counted = coinsOf(published, rule.countedIn, valued)
  const coins = rule.sides === 'two' ? counted / 2 : counted
  return { sides: rule.sides, coins, quoteValue: (coins * (valued.price ?? NaN)) / valued.instrument.multiplier }
}

/**
 * How far one-sided open interest can be from the comparable number: where the sides are unknown, it may be all of it or half.
 * @returns factors on `coins`
 * @example sidedBounds('unknown') // [0.5, 1]
 */
export const sidedBounds = (sides: OpenInterest['sides']): readonly [least: number, most: number] =>
  sides === 'unknown' ? [0.5, 1] : [1, 1]

/**
 * Which position a liquidation closed. Closing a long is a sell: a venue that names the order's side says sell, one that names
 * the position's side says buy or long.
 * @param side - the venue's word as `buy` or `sell`
 * @example closedPosition({ side: 'order' }, 'sell') // 'long'
 */
export function closedPosition({ side }: Pick<LiquidationRule, 'side'>, word: 'buy' | 'sell'): 'long' | 'short' {
  const isLong = side === 'order' ? word === 'sell' : word === 'buy'
  return isLong ? 'long' : 'short'
}

/**
 * Units of the instrument in a traded quantity, as candles count volume.
 * @param quantity - contracts, units of the instrument, or quote units
 * @param valued - price in quote units per unit of the instrument, where the quantity is in quote units or inverse contracts
 * @returns units, exactly as given where it is given in units; NaN where a price or a contract size is needed and not there
 * @example unitsOf(300, 'contracts', { instrument: { contract: 'inverse', contractSize: 100, multiplier: 1 }, price: 60_000 }) // 0.5
 */
export function unitsOf(quantity: number, countedIn: TradeRule['countedIn'], valued: Valued): number {
  // A thousand times and a thousandth is not always the same number again.
  if (countedIn === 'units') return quantity
  return coinsOf(quantity, countedIn, valued) / valued.instrument.multiplier
}
