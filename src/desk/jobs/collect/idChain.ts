/** What an id says of the one before it. */
export type Link =
  /** The very next: nothing lies between. */
  | 'next'
  /** Some lie between. */
  | 'gap'
  /** No later than what was seen. */
  | 'old'
  /** The first that was seen. */
  | 'first'

/** Ids that a venue counts up by one: from them alone it is known whether anything was missed. */
export class IdChain {
  readonly #last: Map<string, number>

  /** @param last - the last id held of each instrument */
  constructor(last: ReadonlyMap<string, number> = new Map()) {
    this.#last = new Map(last)
  }

  /** Adds an id to the chain of an instrument; one that is no number says nothing, as a first one does. */
  see(instrument: string, id: string): Link {
    const now = Number(id)
    const before = this.#last.get(instrument)
    if (!Number.isSafeInteger(now)) return 'first'
    if (before === undefined || now > before) this.#last.set(instrument, now)
    if (before === undefined) return 'first'
    if (now <= before) return 'old'
    return now === before + 1 ? 'next' : 'gap'
  }
}
