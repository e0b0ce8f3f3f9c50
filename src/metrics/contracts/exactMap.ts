import { binsOver, placeOf, type LogBins } from './logBins.ts'

/** A position that a venue publishes, as far as a map needs it. */
export interface MapPosition {
  /** Coins of the asset; negative where short. */
  readonly coins: number
  /** Price per coin at which it would be liquidated; undefined where the venue gives none. */
  readonly liquidationPrice?: number | undefined
}

/** Width of the bins of an exact map in natural logarithms: one percent of the price. */
export const EXACT_BIN_WIDTH = Math.log(1.01)

/** Liquidation prices further from the mark than so many times it, up or down, are of accounts that nothing in reach would liquidate. */
export const FARTHEST = 10

/** Why a position stands in no bin. */
export type LeftOutWhy =
  /** The venue gives no price: its account holds too much for any. */
  | 'none'
  /** The price is 0 or below. */
  | 'notPositive'
  /** A long's price is at the mark or above, a short's at the mark or below: it would be gone already. */
  | 'wrongSide'
  /** More than `FARTHEST` times the mark away. */
  | 'far'

/** What is held on one side. */
export interface MapSide {
  /** Coins of all positions of the side, those that stand in no bin too; not negative. */
  readonly coins: number
  readonly positions: number
}

/** Where published positions would be liquidated: coins and dollars per bin of price, by side. */
export interface ExactMap {
  /** The price it was seen from. */
  readonly mark: number
  /** From the first bin that holds anything to the last. */
  readonly bins: LogBins
  readonly longCoins: Float64Array
  readonly shortCoins: Float64Array
  /** In the quote unit at the liquidation price of each position: what a liquidation there would trade. */
  readonly longUsd: Float64Array
  readonly shortUsd: Float64Array
  readonly long: MapSide
  readonly short: MapSide
  /** Positions that stand in no bin, counted by the reason. */
  readonly leftOut: Readonly<Record<LeftOutWhy, number>>
}

/**
 * The liquidation map of positions that are known, by bins of one percent of price. Those with no or with absurd liquidation prices are
 * counted and left out of the bins; their coins are in the sum of their side, since they are open.
 * @param positions - of one asset at one moment, one each account and instrument; those of 0 coins are none
 * @param mark - price per coin then, above 0
 * @returns columns over bins; of no length where nothing stands in a bin
 * @example exactMap([{ coins: -2, liquidationPrice: 2000 }], 1800).shortUsd // [4000]
 */
export function exactMap(positions: readonly MapPosition[], mark: number): ExactMap {
  const leftOut: Record<LeftOutWhy, number> = { none: 0, notPositive: 0, wrongSide: 0, far: 0 }
  const open = positions.filter(({ coins }) => coins !== 0)
  const placed: Placed[] = []
  for (const { coins, liquidationPrice } of open) {
    const why = whyLeftOut(coins, liquidationPrice, mark)
    if (why !== undefined) leftOut[why]++
    else placed.push({ coins, price: liquidationPrice as number })
  }
  return { mark, ...binned(placed), long: sideOf(open, 1), short: sideOf(open, -1), leftOut }
}

interface Placed {
  readonly coins: number
  readonly price: number
}

function whyLeftOut(coins: number, price: number | undefined, mark: number): LeftOutWhy | undefined {
  if (price === undefined || Number.isNaN(price)) return 'none'
  if (price <= 0) return 'notPositive'
  if (coins > 0 ? price >= mark : price <= mark) return 'wrongSide'
  return price > FARTHEST * mark || price < mark / FARTHEST ? 'far' : undefined
}

type Binned = Pick<ExactMap, 'bins' | 'longCoins' | 'shortCoins' | 'longUsd' | 'shortUsd'>

function binned(placed: readonly Placed[]): Binned {
  const bins = binsOf(placed.map(({ price }) => price))
  const empty = (): Float64Array => new Float64Array(bins.count)
  const out = { longCoins: empty(), shortCoins: empty(), longUsd: empty(), shortUsd: empty() }
  for (const { coins, price } of placed) {
    const place = placeOf(price, bins)
    const [sizes, values] = coins > 0 ? [out.longCoins, out.longUsd] : [out.shortCoins, out.shortUsd]
    sizes[place] = (sizes[place] as number) + Math.abs(coins)
    values[place] = (values[place] as number) + Math.abs(coins) * price
  }
  return { bins, ...out }
}

function binsOf(prices: readonly number[]): LogBins {
  if (prices.length === 0) return { first: 0, count: 0, width: EXACT_BIN_WIDTH }
  return binsOver(Math.min(...prices), Math.max(...prices), EXACT_BIN_WIDTH)
}

function sideOf(open: readonly MapPosition[], sign: 1 | -1): MapSide {
  const own = open.filter(({ coins }) => Math.sign(coins) === sign)
  return { coins: own.reduce((sum, { coins }) => sum + Math.abs(coins), 0), positions: own.length }
}
