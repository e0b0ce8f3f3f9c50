import { pause } from './pause.ts'

/** How much may be asked of one counter of a venue. */
export interface BudgetSpec {
  readonly limit: number
  readonly windowMs: number
  /** Header in which the venue tells how much of the window is used. */
  readonly usedHeader?: string
}

/** Part of a venue's limit that is used: others may ask from the same address. */
const SHARE = 0.8

/**
 * One counter of a venue, shared by all jobs: a bucket that fills evenly and never holds more than its share of the limit.
 * Asking waits in order. What the venue says is used counts more than our own count; after a Retry-After nothing is asked.
 */
export class RateBudget {
  readonly #spec: BudgetSpec
  readonly #now: () => number
  #tokens: number
  #at: number
  #blockedUntil = -Infinity
  #last: Promise<unknown> = Promise.resolve()

  constructor(spec: BudgetSpec, now: () => number = () => performance.now()) {
    this.#spec = spec
    this.#now = now
    this.#tokens = this.#most
    this.#at = now()
  }

  get #most(): number {
    return this.#spec.limit * SHARE
  }

  /** Resolves when `weight` may be spent, and spends it. */
  take(weight: number, signal?: AbortSignal): Promise<void> {
    const mine = this.#last.then(() => this.#wait(weight, signal))
    this.#last = mine.catch(() => undefined)
    return mine
  }

  /** Reads the venue's own count from an answer. */
  learn(header: (name: string) => string | undefined): void {
    const used = Number(this.#spec.usedHeader === undefined ? undefined : header(this.#spec.usedHeader))
    if (Number.isNaN(used)) return
    this.#refill()
    this.#tokens = Math.min(this.#tokens, this.#most - used)
  }

  /** Lets nothing through for a while. */
  block(ms: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, this.#now() + ms)
  }

  /** Share of the venue's limit spent in the window, 0 to 1, and until when it is blocked, ms from now. */
  state(): { readonly used: number; readonly blockedMs: number } {
    this.#refill()
    const used = (this.#most - this.#tokens) / this.#spec.limit
    return { used: Math.max(0, used), blockedMs: Math.max(0, this.#blockedUntil - this.#now()) }
  }

  async #wait(weight: number, signal: AbortSignal | undefined): Promise<void> {
    // A question dearer than the whole bucket is let through when the bucket is full.
    const needed = Math.min(weight, this.#most)
    for (;;) {
      signal?.throwIfAborted()
      this.#refill()
      const blocked = this.#blockedUntil - this.#now()
      const short = ((needed - this.#tokens) / this.#most) * this.#spec.windowMs
      if (blocked <= 0 && short <= 0) break
      await pause(Math.max(blocked, short, 1), signal)
    }
    this.#tokens -= weight
  }

  #refill(): void {
    const now = this.#now()
    this.#tokens = Math.min(this.#most, this.#tokens + ((now - this.#at) / this.#spec.windowMs) * this.#most)
    this.#at = now
  }
}
