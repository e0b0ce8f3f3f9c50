import type { Ask, RateRule } from './door.ts'

interface Counter {
  used: number
  windowEnds: number
}

/** Counts what is asked in fixed windows of the machine's clock, as venues do. */
export class RateCounters {
  readonly #rule: RateRule
  readonly #counters = new Map<string, Counter>()

  constructor(rule: RateRule) {
    this.#rule = rule
  }

  /** Counts a question; `waitMs` is over 0 where it is one too many. */
  count(ask: Ask): { readonly counter: string; readonly waitMs: number; readonly used: number } {
    const { counter, weight } = this.#rule.weigh(ask)
    const { limit, windowMs, banMs } = this.#rule.allow(counter)
    const now = performance.now()
    const known = this.#counters.get(counter)
    const state = known === undefined || known.windowEnds <= now ? { used: 0, windowEnds: now + windowMs } : known
    this.#counters.set(counter, state)
    const wasAllowed = state.used <= limit
    state.used += weight
    if (banMs !== undefined && wasAllowed && state.used > limit) state.windowEnds = now + banMs
    return { counter, used: state.used, waitMs: state.used > limit ? state.windowEnds - now : 0 }
  }

  /** Counts what an answer cost on top of its question. */
  add(counter: string, weight: number): void {
    const state = this.#counters.get(counter)
    if (state !== undefined) state.used += weight
  }
}
