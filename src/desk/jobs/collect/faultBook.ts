import type { Venue } from '../../../records/venues.ts'
import type { WireFault } from '../../../sources/wire/wireFault.ts'

/** A fault that was met, how often, and what it looked like last. */
export interface CountedFault extends WireFault {
  readonly venue: Venue
  readonly count: number
}

/** Kinds of faults told apart at most; beyond them only counts grow. */
const KINDS = 1_000

/** Counts what is wrong with what venues send. Told once per kind, counted ever after. */
export class FaultBook {
  readonly #faults = new Map<string, CountedFault>()
  readonly #tell: (fault: CountedFault) => void

  /** @param tell - told the first fault of every kind */
  constructor(tell: (fault: CountedFault) => void) {
    this.#tell = tell
  }

  put(venue: Venue, fault: WireFault): void {
    // Places in lists differ; a fault of every hundredth element is still one kind.
    const kind = JSON.stringify([venue, fault.channel, fault.what, fault.path.replaceAll(/\[\d+\]/g, '[]')])
    const known = this.#faults.get(kind)
    if (known === undefined && this.#faults.size >= KINDS) return
    const counted = { ...fault, venue, count: (known?.count ?? 0) + 1 }
    this.#faults.set(kind, counted)
    if (known === undefined) this.#tell(counted)
  }

  /** Faults of a venue, or all, the most frequent first. */
  list(venue?: Venue): readonly CountedFault[] {
    const faults = [...this.#faults.values()].filter((fault) => venue === undefined || fault.venue === venue)
    return faults.toSorted((a, b) => b.count - a.count)
  }

  count(venue: Venue): number {
    return this.list(venue).reduce((sum, { count }) => sum + count, 0)
  }
}
