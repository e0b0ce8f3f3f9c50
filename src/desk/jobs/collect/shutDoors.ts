import { DeskError } from '../../../core/errors.ts'

/** What is not asked now. */
export interface ShutDoor {
  /** A counter, a path, or a whole address. */
  readonly what: string
  /** `denied` and `limited` by the venue's own word; `away` where it does not answer, `failing` where it answers badly. */
  readonly name: 'denied' | 'limited' | 'away' | 'failing'
  readonly why: string
  /** How much longer, ms. */
  readonly forMs: number
}

interface Shut extends Omit<ShutDoor, 'forMs'> {
  readonly until: number
}

/** Remembers what is not to be asked, and until when. */
export class ShutDoors {
  readonly #shut = new Map<string, Shut>()
  readonly #now: () => number

  /** @param now - any steady clock, ms */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** Shuts something; it stays shut for the longest time that was said. */
  shut({ what, name, why, forMs }: ShutDoor): void {
    const until = this.#now() + forMs
    if ((this.#shut.get(what)?.until ?? -Infinity) < until) this.#shut.set(what, { what, name, why, until })
  }

  /** @throws {ShutError} one of these is shut */
  check(...asked: readonly string[]): void {
    if (this.#shut.size === 0) return
    const shut = this.list().find(({ what }) => asked.includes(what))
    if (shut !== undefined) throw new ShutError(shut)
  }

  /** What is shut now. */
  list(): readonly ShutDoor[] {
    const now = this.#now()
    for (const [what, { until }] of this.#shut) if (until <= now) this.#shut.delete(what)
    return [...this.#shut.values()].map(({ until, ...shut }) => ({ ...shut, forMs: until - now }))
  }
}

/** Nothing was asked: the venue does not want it, or it failed too often. */
export class ShutError extends DeskError {
  constructor({ what, why, forMs }: ShutDoor) {
    super('SHUT', `"${what}" is left alone for ${Math.ceil(forMs / 1000)} s more: ${why}`, {
      retry: 'later',
      retryAfterMs: forMs,
    })
  }
}
