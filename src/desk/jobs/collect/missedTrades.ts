import { SECOND_MS } from '../../../core/instant.ts'

/** What a venue shows may be this much older than its answer. */
const SHOWN_LATE_MS = 20 * SECOND_MS
/** A trade may come this much later than it is counted. */
const BROUGHT_LATE_MS = 5 * SECOND_MS
/** One may be of a kind that no feed tells: made outside the book, or by the venue itself. */
const PROOF = 2

/**
 * Tells by what its venue counts that a feed brings no trades, however quiet it is by nature. Pure: times are handed in, ms of any
 * steady clock.
 */
export class MissedTrades {
  #broughtAt = Infinity
  #missed = 0
  #firstAt = NaN

  /** The feed brought trades, or has only begun to. */
  brought(now: number): void {
    this.#broughtAt = now
    this.#missed = 0
  }

  /** An instrument of the feed has traded, as its venue counts, since it was last asked at an instant. */
  counted(since: number, now: number): void {
    if (this.#broughtAt > since - SHOWN_LATE_MS) return
    if (this.#missed === 0) this.#firstAt = now
    this.#missed++
  }

  /** For how long trades were made and none came; undefined where that is not proven. */
  silentMs(now: number): number | undefined {
    const isProven = this.#missed >= PROOF && now - this.#firstAt >= BROUGHT_LATE_MS
    return isProven ? now - this.#broughtAt : undefined
  }
}
