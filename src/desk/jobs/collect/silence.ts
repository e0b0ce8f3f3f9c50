/** A silence this improbable is a fault. */
const IMPROBABLE = 1e-6
/** No silence shorter than this is taken for one: garbage is collected, disks are slow. */
const LEAST_MS = 3_000
/** How far back the own rate is remembered: half its weight is younger than this. */
const HALF_LIFE_MS = 60_000

/** What counts as lately. */
const LATELY_MS = 5_000

/** How often messages come, measured while they come. */
export class EventRate {
  #weight = 0
  #seconds = 0
  #at = NaN
  #lately = 0
  #latelyFrom = NaN
  #recent = NaN

  /** Counts messages that came at an instant (ms of any steady clock). */
  add(count: number, at: number): void {
    this.#age(at)
    this.#weight += count
    if (Number.isNaN(this.#latelyFrom)) this.#latelyFrom = at
    this.#lately += count
    if (at - this.#latelyFrom < LATELY_MS) return
    this.#recent = (this.#lately * 1000) / (at - this.#latelyFrom)
    this.#lately = 0
    this.#latelyFrom = at
  }

  /** The pace of the last seconds against the usual, 1 as usual; NaN before there is anything to go by. */
  busyness(): number {
    return this.#recent / this.perSecond()
  }

  /** Messages a second over the last minutes; NaN before there is anything to go by. */
  perSecond(): number {
    return this.#seconds < 1 ? NaN : this.#weight / this.#seconds
  }

  #age(at: number): void {
    if (!Number.isNaN(this.#at)) {
      const passed = Math.max(0, at - this.#at)
      const keep = 2 ** (-passed / HALF_LIFE_MS)
      this.#weight *= keep
      this.#seconds = this.#seconds * keep + passed / 1000
    }
    this.#at = at
  }
}

/** How what a feed brings comes: trades one by one, liquidations in bursts with long pauses between. */
export type Rhythm = 'steady' | 'bursts'

/** Liquidations alone come in bursts; whatever else a feed brings besides is steady. */
export const rhythmOf = ({ kinds }: { readonly kinds: readonly string[] }): Rhythm =>
  kinds.every((kind) => kind === 'liquidation') ? 'bursts' : 'steady'

/** Bursts make a rate that the quiet after them does not keep: they are given so many times as long, and never less than this. */
const BURSTS = { times: 20, leastMs: 120_000 } as const

/**
 * How long a feed may say nothing before it is taken for dead, though its socket is open: so long that a market of its usual pace
 * would be that quiet once in a million times. Where the other venues have become quieter, so may this one.
 * @param perSecond - the feed's own usual rate
 * @param others - how busy other venues are now against their own usual, 1 as usual
 * @returns ms; Infinity where no rate is known
 * @example toleratedSilenceMs(10, 1, 'steady') // 3000
 */
export function toleratedSilenceMs(perSecond: number, others: number, rhythm: Rhythm): number {
  const expected = perSecond * Math.min(1, Math.max(0.05, others))
  if (!(expected > 0)) return Infinity
  const improbableMs = (-Math.log(IMPROBABLE) / expected) * 1000
  return rhythm === 'steady' ? Math.max(LEAST_MS, improbableMs) : Math.max(BURSTS.leastMs, BURSTS.times * improbableMs)
}
