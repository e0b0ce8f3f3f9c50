/** A record that its venue has numbered, and when it happened, ms. */
export interface Numbered {
  readonly id: number
  readonly at: number
}

/** Numbers that are missing, by the records on both sides of them. */
export interface Hole {
  readonly before: Numbered
  readonly behind: Numbered
}

/** What an id says of the one before it. */
export type Link =
  /** The very next: nothing lies between. */
  | 'next'
  /** Some lie between. */
  | Hole
  /** No later than what was seen. */
  | 'old'
  /** The first that was seen. */
  | 'first'

/** Ids that a venue counts up by one: from them alone it is known whether anything was missed. */
export class IdChain {
  readonly #last: Map<string, Numbered>

  /** @param last - the last one held of each instrument */
  constructor(last: ReadonlyMap<string, Numbered> = new Map()) {
    this.#last = new Map(last)
  }

  /** Adds one to the chain of an instrument; an id that is no number says nothing, as a first one does. */
  see(instrument: string, now: Numbered): Link {
    const before = this.#last.get(instrument)
    if (!Number.isSafeInteger(now.id)) return 'first'
    if (before !== undefined && now.id <= before.id) return 'old'
    this.#last.set(instrument, now)
    if (before === undefined) return 'first'
    return now.id === before.id + 1 ? 'next' : { before, behind: now }
  }
}
