import { HOUR_MS } from '../../../core/instant.ts'

/** After so long the older half of what is remembered is forgotten. */
const WINDOW_MS = 3 * HOUR_MS

interface Window {
  count: number
  longest: number
  second: number
}

const empty = (): Window => ({ count: 0, longest: 0, second: 0 })

/** The silences of the last three to six hours, as far as one must know them: how many there were, and the longest but one. */
export class LongestSilences {
  #before = empty()
  #now = empty()
  #since = NaN

  /** A silence of some length, in any unit, has ended at an instant (ms of a steady clock). */
  add(length: number, at: number): void {
    if (!(at - this.#since < WINDOW_MS)) {
      this.#before = at - this.#since < 2 * WINDOW_MS ? this.#now : empty()
      this.#now = empty()
      this.#since = at
    }
    const window = this.#now
    window.count++
    if (length > window.longest) [window.longest, window.second] = [length, window.longest]
    else if (length > window.second) window.second = length
  }

  get count(): number {
    return this.#before.count + this.#now.count
  }

  /** The longest but one: what happened once may have been the very fault that is looked for. 0 where there are not two. */
  get longestButOne(): number {
    const [a, b] = [this.#before, this.#now]
    return Math.max(Math.min(a.longest, b.longest), a.second, b.second)
  }
}
