import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../core/instant.ts'
import { leastOf } from './eventRate.ts'

/** What is counted together. */
const BLOCK_MS = 5 * MINUTE_MS
/** After so long the older half of what is remembered is forgotten. */
const WINDOW_MS = 3 * HOUR_MS

/**
 * The slowest five minutes of the last three to six hours: a market that was as quiet as that may be so again, however busy it is
 * now. Times are ms of a steady clock from 0 on.
 */
export class SlowestPace {
  #count = 0
  #block = 0
  #window = 0
  #before = Infinity
  #now = Infinity

  /** Counts one thing that came at an instant. */
  add(at: number): void {
    const block = Math.floor(at / BLOCK_MS)
    // A block of which nothing came is the slowest of all, so one of several is enough.
    for (; this.#block < block; this.#block = Math.max(this.#block + 1, block - 1)) this.#end()
    this.#count++
  }

  /** How many a second at least by 99 %; Infinity before the first five minutes are over. */
  leastPerSecond(): number {
    return Math.min(this.#before, this.#now)
  }

  #end(): void {
    const window = Math.floor((this.#block * BLOCK_MS) / WINDOW_MS)
    if (window !== this.#window) {
      this.#before = window === this.#window + 1 ? this.#now : Infinity
      this.#now = Infinity
      this.#window = window
    }
    this.#now = Math.min(this.#now, (leastOf(this.#count) * SECOND_MS) / BLOCK_MS)
    this.#count = 0
  }
}
