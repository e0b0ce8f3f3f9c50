import type { Lost } from './historyJob.ts'
import type { Stretch } from './stretches.ts'

interface Spoilt extends Lost {
  readonly lane: string
  readonly tries: number
}

/** Stretches in which records came that could not be kept, and how often they were asked for. */
export class SpoiltStretches {
  readonly #spoilt = new Map<string, Spoilt>()

  /** A stretch was found spoilt. @returns how often by now */
  found(lane: string, stretch: Lost): number {
    const key = `${lane} ${stretch.from}`
    const tries = (this.#spoilt.get(key)?.tries ?? 0) + 1
    this.#spoilt.set(key, { ...stretch, lane, tries })
    return tries
  }

  /** A stretch was asked for, and only this of it was spoilt. */
  asked(lane: string, { from, to }: Stretch, spoilt: readonly Stretch[]): void {
    const still = new Set(spoilt.map((each) => each.from))
    for (const [key, each] of this.#spoilt) {
      const isWithin = each.lane === lane && each.from >= from && each.from < to
      if (isWithin && !still.has(each.from)) this.#spoilt.delete(key)
    }
  }

  /** All that were not found whole since. */
  list(): readonly { readonly lane: string; readonly why: string }[] {
    return [...this.#spoilt.values()].map(({ lane, why }) => ({ lane, why }))
  }
}
