/** What is seen of a market of positions in each bucket, oldest first. Amounts in coins. */
export interface Tape {
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  /** Average price of what traded, weighted by coins; the close where nothing did. */
  readonly vwap: Float64Array
  readonly volume: Float64Array
  /** What takers bought; the rest of the volume they sold. */
  readonly takerBuy: Float64Array
  /** One-sided, at the end of the bucket. */
  readonly openInterest: Float64Array
}

/** Writes a tape, bucket by bucket. */
export class TapeWriter {
  readonly tape: Tape
  #bucket = 0
  #volume = 0
  #value = 0
  #bought = 0
  #open = NaN
  #high = -Infinity
  #low = Infinity
  #close = NaN

  constructor(buckets: number) {
    const column = (): Float64Array => new Float64Array(buckets)
    this.tape = {
      open: column(),
      high: column(),
      low: column(),
      close: column(),
      vwap: column(),
      volume: column(),
      takerBuy: column(),
      openInterest: column(),
    }
  }

  /** A price at which something can trade. */
  see(price: number): void {
    if (Number.isNaN(this.#open)) this.#open = price
    this.#high = Math.max(this.#high, price)
    this.#low = Math.min(this.#low, price)
    this.#close = price
  }

  /** So many coins traded at the price last seen, of which takers bought so many. */
  trade(coins: number, bought: number): void {
    this.#volume += coins
    this.#value += coins * this.#close
    this.#bought += bought
  }

  /** Ends the bucket. */
  end(openInterest: number): void {
    const { tape } = this
    const i = this.#bucket++
    tape.open[i] = this.#open
    tape.high[i] = this.#high
    tape.low[i] = this.#low
    tape.close[i] = this.#close
    tape.vwap[i] = this.#volume > 0 ? this.#value / this.#volume : this.#close
    tape.volume[i] = this.#volume
    tape.takerBuy[i] = this.#bought
    tape.openInterest[i] = openInterest
    this.#volume = this.#value = this.#bought = 0
    this.#open = NaN
    this.#high = -Infinity
    this.#low = Infinity
  }
}
