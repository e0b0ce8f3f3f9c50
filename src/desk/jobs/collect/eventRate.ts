/** Half the weight of a usual rate is younger than this. */
const HALF_LIFE_MS = 60_000
/** The 99 % point of a normal. */
const NORMAL_99 = 2.326

/** How often something comes, measured while it comes. */
export class EventRate {
  readonly #halfLifeMs: number
  #weight = 0
  #seconds = 0
  #at = NaN

  /** @param halfLifeMs - half the weight of what is remembered is younger than this */
  constructor(halfLifeMs = HALF_LIFE_MS) {
    this.#halfLifeMs = halfLifeMs
  }

  /** Counts what came at an instant (ms of any steady clock); with 0 the time until then counts as empty. */
  add(count: number, at: number): void {
    this.#age(at)
    this.#weight += count
  }

  /** How many a second; NaN before the first second is over. */
  perSecond(): number {
    return this.#seconds < 1 ? NaN : this.#weight / this.#seconds
  }

  /** How many a second at least by 99 %; 0 where nothing can be said. */
  leastPerSecond(): number {
    return this.#seconds < 1 ? 0 : leastOf(this.#weight) / this.#seconds
  }

  #age(at: number): void {
    if (!Number.isNaN(this.#at)) {
      const passed = Math.max(0, at - this.#at)
      const keep = 2 ** (-passed / this.#halfLifeMs)
      this.#weight *= keep
      this.#seconds = this.#seconds * keep + passed / 1000
    }
    this.#at = at
  }
}

/**
 * What a Poisson count was to be expected to come to at least, by 99 %: few that came say little.
 * @see Wilson and Hilferty 1931, for the distribution of chi squared
 * @example leastOf(100) // 78.2
 */
export function leastOf(count: number): number {
  if (count < 1) return 0
  return count * Math.max(0, 1 - 1 / (9 * count) - NORMAL_99 / (3 * Math.sqrt(count))) ** 3
}
