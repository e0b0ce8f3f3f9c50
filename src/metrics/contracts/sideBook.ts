/** Amounts fall to scale with every part that is closed; before they get too small to be told from 0 they are written anew. */
const LEAST_SCALE = 1e-100

/** What became of all that one side opened, in coins (dollars of an inverse contract). */
export interface SideTally {
  readonly opened: number
  /** In bins that the price crossed. */
  readonly liquidated: number
  /** Closed with a fall of open interest. */
  readonly closed: number
  /** Still in its bins. */
  readonly standing: number
}

/**
 * The estimated positions of one side by bin of liquidation price and by tier. Opening, closing a share of all and looking whether the
 * price crossed a bin take a time that does not grow with the number of bins; a bin is emptied once for each time it is filled.
 */
export class SideBook {
  readonly #amounts: Float64Array
  /** Bins from entry to liquidation, tier by tier. */
  readonly #shifts: Float64Array
  readonly #weights: Float64Array
  readonly #middles: Float64Array
  /** -1 for longs, whose bins the price crosses on its way down. */
  readonly #direction: 1 | -1
  /** The bin that the price would cross first; past the end where all are empty. */
  #nearest: number
  /** What an amount in a bin is to be multiplied by. */
  #scale = 1
  /** Sum of all amounts, before the scale. */
  #mass = 0
  #opened = 0
  #liquidated = 0
  #closed = 0

  constructor(
    direction: 1 | -1,
    middles: Float64Array,
    { shifts, weights }: { readonly shifts: Float64Array; readonly weights: Float64Array },
  ) {
    this.#direction = direction
    this.#middles = middles
    this.#shifts = shifts
    this.#weights = weights
    this.#amounts = new Float64Array(middles.length * weights.length)
    this.#nearest = direction < 0 ? -1 : middles.length
  }

  /** Opens an amount, spread over the tiers. `place` is where the entry price lies among the bins, with its fraction. */
  open(amount: number, place: number): void {
    // Plain names, one by one: taking them out of a list costs more than the rest of this.
    const amounts = this.#amounts
    const shifts = this.#shifts
    const weights = this.#weights
    const direction = this.#direction
    const tiers = weights.length
    const stored = amount / this.#scale
    let nearest = this.#nearest
    for (let tier = 0; tier < tiers; tier++) {
      const bin = Math.floor(place + (shifts[tier] as number))
      const at = bin * tiers + tier
      amounts[at] = (amounts[at] as number) + stored * (weights[tier] as number)
      if (direction * (bin - nearest) < 0) nearest = bin
    }
    this.#nearest = nearest
    this.#mass += stored
    this.#opened += amount
  }

  /** Empties the bins whose middle the price reached. Returns what was in them. */
  cross(price: number): number {
    const middles = this.#middles
    const direction = this.#direction
    let nearest = this.#nearest
    if (!(direction * (price - (middles[nearest] ?? NaN)) >= 0)) return 0
    let crossed = 0
    while (direction * (price - (middles[nearest] ?? NaN)) >= 0) {
      crossed += this.#empty(nearest)
      nearest += direction
    }
    this.#nearest = nearest
    this.#mass = Math.max(0, this.#mass - crossed)
    this.#liquidated += crossed * this.#scale
    return crossed * this.#scale
  }

  #empty(bin: number): number {
    const amounts = this.#amounts
    const tiers = this.#weights.length
    let sum = 0
    for (let at = bin * tiers; at < (bin + 1) * tiers; at++) {
      sum += amounts[at] as number
      amounts[at] = 0
    }
    return sum
  }

  /** Closes a share, from 0 to 1, of everything. */
  close(share: number): void {
    this.#closed += share * this.#mass * this.#scale
    this.#scale *= 1 - share
    if (this.#scale > LEAST_SCALE) return
    const amounts = this.#amounts
    for (let at = 0; at < amounts.length; at++) amounts[at] = (amounts[at] as number) * this.#scale
    this.#mass *= this.#scale
    this.#scale = 1
  }

  /** Amounts of one tier, bin by bin. */
  amountsOf(tier: number): Float64Array {
    const [amounts, scale, tiers] = [this.#amounts, this.#scale, this.#weights.length]
    return this.#middles.map((_, bin) => (amounts[bin * tiers + tier] as number) * scale)
  }

  get tally(): SideTally {
    const [opened, liquidated, closed] = [this.#opened, this.#liquidated, this.#closed]
    return { opened, liquidated, closed, standing: this.#mass * this.#scale }
  }
}
