import { DeskError } from '../../core/errors.ts'
import { ASSUMED_TABLE, cappedMix, LEVERAGE_MIX, type LeverageTier } from './leverageMix.ts'
import type { LiquidationMap } from './liquidationMap.ts'
import { liquidationPrice, type MarginTable, type SettledContract } from './liquidationPrice.ts'
import { binMiddles, binsOver, type LogBins } from './logBins.ts'
import { SideBook, type SideTally } from './sideBook.ts'

/** What is seen of one instrument, bucket by bucket, oldest first; NaN is a gap. Prices per coin. */
export interface MapTape {
  readonly low: Float64Array
  readonly high: Float64Array
  /** Average price of what traded, weighted by volume. */
  readonly vwap: Float64Array
  /** One-sided, at the end of the bucket: coins of a linear contract, dollars of an inverse one, so that no price moves it. */
  readonly openInterest: Float64Array
}

/** What an estimated map assumes of the positions of an instrument. */
export interface MapModel {
  readonly contract: SettledContract
  /** {@link LEVERAGE_MIX} where not given. */
  readonly mix?: readonly LeverageTier[]
  /** The venue's; {@link ASSUMED_TABLE} where not given. Positions are taken for small: of its first row. */
  readonly table?: MarginTable
}

/**
 * The estimated positions of one instrument, by where they would be liquidated. A rise of open interest opens as many longs and as many
 * shorts at the bucket's average price, spread over tiers of leverage; bins that the price crosses are emptied first; the rest of a fall
 * closes the same share of everything, of what is in no bin too. A change across a gap is no change. Every position is taken for isolated.
 */
export class LiquidationBook {
  readonly bins: LogBins
  readonly #tape: MapTape
  readonly #contract: SettledContract
  readonly #tiers: readonly LeverageTier[]
  readonly #middles: Float64Array
  readonly #longs: SideBook
  readonly #shorts: SideBook

  /**
   * An empty book for the buckets `from` to `to` (left out) of a tape.
   * @throws {BadMixError} weights that do not sum to 1, or a tier without a liquidation price on one side: its leverage is not above 1
   */
  constructor(
    tape: MapTape,
    { contract, table = ASSUMED_TABLE, mix = LEVERAGE_MIX }: MapModel,
    { from, to, width }: Stretch,
  ) {
    const tiers = cappedMix(mix, table.mostLeverage)
    const whole = tiers.reduce((sum, { weight }) => sum + weight, 0)
    if (!(Math.abs(whole - 1) < 1e-9)) throw new BadMixError(`its weights sum to "${whole}"`)
    const [longs, shorts] = [
      factorsOf('long', { contract, table, tiers }),
      factorsOf('short', { contract, table, tiers }),
    ]
    const [low, high] = rangeOf(tape, from, to)
    const { first, count } = binsOver(low * Math.min(...longs), high * Math.max(...shorts), width)
    // One more on either side: the logarithm of a product is not to the last digit the sum of logarithms.
    this.bins = { first: first - 1, count: count + 2, width }
    this.#tape = tape
    this.#contract = contract
    this.#tiers = tiers
    this.#middles = binMiddles(this.bins)
    const weights = Float64Array.from(tiers, ({ weight }) => weight)
    const shiftsOf = (factors: readonly number[]): Float64Array =>
      Float64Array.from(factors, (factor) => Math.log(factor) / width)
    this.#longs = new SideBook(-1, this.#middles, { shifts: shiftsOf(longs), weights })
    this.#shorts = new SideBook(1, this.#middles, { shifts: shiftsOf(shorts), weights })
  }

  /** Takes in the buckets `from` to `to` (left out), which come after those already taken in. */
  advance(from: number, to: number): void {
    const { low, high, vwap, openInterest } = this.#tape
    const { first, width } = this.bins
    const longs = this.#longs
    const shorts = this.#shorts
    let before = openInterest[from - 1] ?? NaN
    for (let i = from; i < to; i++) {
      const lowest = low[i] as number
      const highest = high[i] as number
      const now = openInterest[i] as number
      const change = now - before
      const price = Math.min(Math.max(vwap[i] as number, lowest), highest)
      const crossedLongs = longs.cross(lowest)
      const crossedShorts = shorts.cross(highest)
      if (change > 0 && price > 0) {
        const place = Math.log(price) / width - first
        longs.open(change, place)
        shorts.open(change, place)
      } else if (change < 0 && price > 0) {
        longs.close(shareClosed(-change, crossedLongs, before))
        shorts.close(shareClosed(-change, crossedShorts, before))
      }
      before = now
    }
  }

  /** What stands now, in dollars by bin, side and tier. */
  map(): LiquidationMap {
    const usdOf = (amounts: Float64Array): Float64Array =>
      this.#contract === 'inverse' ? amounts : amounts.map((coins, bin) => coins * (this.#middles[bin] as number))
    const tiers = this.#tiers.map(({ leverage }, tier) => ({
      leverage,
      longUsd: usdOf(this.#longs.amountsOf(tier)),
      shortUsd: usdOf(this.#shorts.amountsOf(tier)),
    }))
    const over = (side: 'longUsd' | 'shortUsd'): Float64Array =>
      this.#middles.map((_, bin) => tiers.reduce((sum, tier) => sum + (tier[side][bin] as number), 0))
    return { bins: this.bins, longUsd: over('longUsd'), shortUsd: over('shortUsd'), tiers }
  }

  /** What became of all that was opened: what was opened is what was liquidated, closed, and stands. */
  get tally(): { readonly long: SideTally; readonly short: SideTally } {
    return { long: this.#longs.tally, short: this.#shorts.tally }
  }
}

/** Buckets of a tape, and how wide bins are. */
export interface Stretch {
  readonly from: number
  /** Left out. */
  readonly to: number
  /** In natural logarithms of the price. */
  readonly width: number
}

/** The share of what still stands that a fall closed, after what was liquidated. */
function shareClosed(fall: number, liquidated: number, before: number): number {
  const rest = fall - liquidated
  return rest > 0 ? Math.min(1, rest / (before - liquidated)) : 0
}

/** What the entry price is multiplied by to be the liquidation price of a small position, tier by tier. */
function factorsOf(
  side: 'long' | 'short',
  {
    contract,
    table,
    tiers,
  }: { readonly contract: SettledContract; readonly table: MarginTable; readonly tiers: readonly LeverageTier[] },
): readonly number[] {
  return tiers.map(({ leverage }) => {
    const factor = liquidationPrice({ side, contract, size: 0, entry: 1, leverage }, table)
    if (!(factor > 0 && factor < Infinity))
      throw new BadMixError(`leverage "${leverage}" has no liquidation price on both sides`)
    return factor
  })
}

/** The lowest and the highest price of a stretch; 1 where there is none. */
function rangeOf({ low, high }: MapTape, from: number, to: number): readonly [number, number] {
  let [lowest, highest] = [Infinity, 0]
  for (let i = from; i < to; i++) {
    const l = low[i] as number
    const h = high[i] as number
    if (l < lowest) lowest = l
    if (h > highest) highest = h
  }
  return lowest <= highest ? [lowest, highest] : [1, 1]
}

export class BadMixError extends DeskError {
  constructor(what: string) {
    super('BAD_LEVERAGE_MIX', `a mix of leverages cannot be used: ${what}`, {
      hint: 'give every tier a leverage above 1, and weights that sum to 1',
    })
  }
}
