import { pause } from './pause.ts'

/** How much may be asked of one counter of a venue. */
export interface BudgetSpec {
  readonly limit: number
  readonly windowMs: number
  /** Header in which the venue tells how much of the window is used. */
  readonly usedHeader?: string
}

/** Part of a venue's limit that is used: others may ask from the same address, and questions may arrive closer than they left. */
const SHARE = 0.8
/** Part of that share which may be spent at once. The rest flows evenly, so that no window ever sees more than the share. */
const BURST = 0.25

/**
 * One counter of a venue, shared by all jobs: a bucket that fills evenly. No stretch as long as the venue's window holds more
 * than the share of its limit, unless one question alone is dearer than the bucket. Asking waits in order. What the venue says
 * is used counts more than our own count; after a Retry-After nothing is asked.
 */
export class RateBudget {
  readonly #spec: BudgetSpec
  readonly #now: () => number
  readonly #pause: typeof pause
  #tokens: number
  #at: number
  #blockedUntil = -Infinity
  #last: Promise<unknown> = Promise.resolve()
  /** What was spent of the window that runs now; windows are counted from the first question. */
  #spent = 0
  #windowAt: number

  constructor(spec: BudgetSpec, now: () => number = () => performance.now(), wait = pause) {
    this.#spec = spec
    this.#now = now
    this.#pause = wait
    this.#tokens = this.#capacity
    this.#at = now()
    this.#windowAt = now()
  }

  get #most(): number {
    return this.#spec.limit * SHARE
  }

  get #capacity(): number {
    return this.#most * BURST
  }

  get #perMs(): number {
    return (this.#most - this.#capacity) / this.#spec.windowMs
  }

  /**
   * Resolves when `weight` may be spent, and spends it.
   * @throws whatever the signal was aborted with, at once, also while others wait before it
   */
  take(weight: number, signal?: AbortSignal): Promise<void> {
    const mine = this.#last.then(() => this.#wait(weight, signal))
    this.#last = mine.catch(() => undefined)
    return signal === undefined ? mine : untilAborted(mine, signal)
  }

  /** Reads the venue's own count from an answer. */
  learn(header: (name: string) => string | undefined): void {
    const text = this.#spec.usedHeader === undefined ? undefined : header(this.#spec.usedHeader)
    const used = Number(text)
    if (text === undefined || text === '' || Number.isNaN(used)) return
    this.#refill()
    this.#tokens = Math.min(this.#tokens, this.#most - used)
    this.#spent = Math.max(this.#spent, used)
  }

  /** Lets nothing through for a while. */
  block(ms: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, this.#now() + ms)
  }

  /** Share of the venue's limit spent in the window that runs now (1: all of it), and until when it is blocked, ms from now. */
  state(): { readonly used: number; readonly blockedMs: number } {
    this.#refill()
    return { used: this.#spent / this.#spec.limit, blockedMs: Math.max(0, this.#blockedUntil - this.#now()) }
  }

  async #wait(weight: number, signal: AbortSignal | undefined): Promise<void> {
    // A question dearer than the whole bucket is let through when the bucket is full; the next one pays for it.
    const needed = Math.min(weight, this.#capacity)
    for (;;) {
      signal?.throwIfAborted()
      this.#refill()
      const blocked = this.#blockedUntil - this.#now()
      const short = (needed - this.#tokens) / this.#perMs
      // A remainder below a microsecond is rounding: waiting for it would never end.
      if (blocked <= 0 && short <= 1e-3) break
      await this.#pause(Math.max(blocked, short, 1), signal)
    }
    this.#tokens -= weight
    this.#spent += weight
  }

  #refill(): void {
    const now = this.#now()
    this.#tokens = Math.min(this.#capacity, this.#tokens + (now - this.#at) * this.#perMs)
    this.#at = now
    const windows = Math.floor((now - this.#windowAt) / this.#spec.windowMs)
    if (windows <= 0) return
    this.#windowAt += windows * this.#spec.windowMs
    this.#spent = 0
  }
}

/** The promise, or what the signal was aborted with where that comes first. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  let onAbort = (): void => undefined
  const aborted = new Promise<never>((_, reject) => (onAbort = () => reject(signal.reason)))
  signal.addEventListener('abort', onAbort)
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
