/** Those who take the other side of every trade, and what each holds in coins; negative where short. */
export class Makers {
  readonly held: Float64Array
  readonly #uniform: () => number

  constructor(count: number, uniform: () => number) {
    this.held = new Float64Array(count)
    this.#uniform = uniform
  }

  /** Takes the other side: of two makers the one whom it leaves holding less. */
  take(coins: number): void {
    const [a, b] = [this.#any(), this.#any()]
    const after = (maker: number): number => Math.abs((this.held[maker] as number) + coins)
    const chosen = after(a) <= after(b) ? a : b
    this.held[chosen] = (this.held[chosen] as number) + coins
  }

  /**
   * The longest and the shortest trade with each other, a share of what both can give up.
   * @returns coins that changed hands
   */
  even(share: number): number {
    let [long, short] = [0, 0]
    for (const [maker, coins] of this.held.entries()) {
      if (coins > (this.held[long] as number)) long = maker
      if (coins < (this.held[short] as number)) short = maker
    }
    const coins = share * Math.max(0, Math.min(this.held[long] as number, -(this.held[short] as number)))
    this.held[long] = (this.held[long] as number) - coins
    this.held[short] = (this.held[short] as number) + coins
    return coins
  }

  /** Coins that those hold who are long. */
  long(): number {
    let sum = 0
    for (const coins of this.held) sum += Math.max(0, coins)
    return sum
  }

  #any(): number {
    return Math.floor(this.#uniform() * this.held.length)
  }
}
