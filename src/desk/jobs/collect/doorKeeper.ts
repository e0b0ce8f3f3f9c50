import { setMaxListeners } from 'node:events'
import type { DeskError } from '../../../core/errors.ts'
import { RateLimitedError } from '../../../net/httpErrors.ts'
import { RateBudget, type BudgetSpec } from '../../../net/rateBudget.ts'
import { backOff } from '../../../net/retry.ts'
import type { VenueRequest } from '../../../sources/source.ts'
import type { Pace } from './pace.ts'
import { ShutDoors, ShutError, type ShutDoor } from './shutDoors.ts'

export interface DoorKeeperOptions {
  readonly budgets: Readonly<Record<string, BudgetSpec>>
  readonly pace: Pick<Pace, 'retryMs' | 'deniedMs'>
  readonly signal: AbortSignal
}

type Door = Pick<VenueRequest, 'address' | 'path' | 'budget'>

/** A wait that the venue asks for and that one question can bear. For a longer one the door is shut, and others go on. */
export const SHORT_MS = 5_000
/** The venue bans the address, not only a counter. */
const BANNED = 418
/** What fails so often in a row is left alone for a while. */
const FAILURES = 5
/** For how long at first and at most, in first waits of a question. */
const REST = { first: 10, most: 120 } as const

/** Sees to it that a venue is asked no more than it wants: its counters, what it has shut, and what fails again and again. */
export class DoorKeeper {
  readonly #options: DoorKeeperOptions
  readonly #shut = new ShutDoors()
  readonly #counters: ReadonlyMap<string, Counter>
  readonly #failures = new Map<string, number>()

  constructor(options: DoorKeeperOptions) {
    this.#options = options
    this.#counters = new Map(Object.entries(options.budgets).map(([name, spec]) => [name, new Counter(spec)]))
    const { signal } = options
    signal.addEventListener('abort', () => {
      for (const counter of this.#counters.values()) counter.leave(signal.reason)
    })
  }

  /** Resolves when a question may be asked, and charges it. @throws {ShutError} not now, nor soon */
  async enter(request: VenueRequest): Promise<void> {
    this.#check(request)
    await this.#counters.get(request.budget)?.take(request.weight)
    this.#check(request)
  }

  /** An answer came, whatever is in it. */
  answered({ budget }: Door, header: (name: string) => string | undefined): void {
    this.#counters.get(budget)?.learn(header)
  }

  /** A question was answered as it should be. */
  worked(door: Door): void {
    this.#failures.delete(pathOf(door))
    this.#failures.delete(door.address)
  }

  /** A question failed: for how long nothing is asked there, the venue says; where it says nothing, the failures do. */
  failed(door: Door, error: DeskError): void {
    const { message: why, retryAfterMs } = error
    if (error.code === 'DENIED') this.#denied(door, error)
    else if (retryAfterMs !== undefined) this.#limited(door, error, retryAfterMs)
    else if (error.retry === 'later') this.#count(door, error.code === 'NO_ANSWER' ? 'away' : 'failing', why)
  }

  /** What is shut now. */
  list(): readonly ShutDoor[] {
    return this.#shut.list()
  }

  /** Per counter: share of the limit used, and for how long it is blocked. */
  budgets(): Readonly<Record<string, ReturnType<RateBudget['state']>>> {
    return Object.fromEntries([...this.#counters].map(([name, counter]) => [name, counter.state()]))
  }

  #check(door: Door): void {
    this.#options.signal.throwIfAborted()
    this.#shut.check(door.budget, pathOf(door), door.address)
  }

  #denied(door: Door, { message: why, retryAfterMs = Infinity }: DeskError): void {
    const what = this.#isDeniedElsewhere(door) ? door.address : pathOf(door)
    this.#shut.shut({ what, name: 'denied', why, forMs: Math.min(retryAfterMs, this.#options.pace.deniedMs) })
  }

  /** Where a second path of an address is denied, it is not the path that is. */
  #isDeniedElsewhere(door: Door): boolean {
    const paths = this.#shut.list().filter(({ name, what }) => name === 'denied' && what !== pathOf(door))
    return paths.some(({ what }) => what.startsWith(`${door.address} `))
  }

  #limited(door: Door, error: DeskError, forMs: number): void {
    const counter = this.#counters.get(door.budget)
    counter?.block(forMs)
    if (forMs <= SHORT_MS) return
    const isBan = error instanceof RateLimitedError && error.status === BANNED
    const shut = { what: isBan ? door.address : door.budget, name: 'limited', why: error.message, forMs } as const
    this.#shut.shut(shut)
    counter?.leave(new ShutError(shut))
  }

  #count(door: Door, name: 'away' | 'failing', why: string): void {
    const what = name === 'away' ? door.address : pathOf(door)
    const failures = (this.#failures.get(what) ?? 0) + 1
    this.#failures.set(what, failures)
    if (failures % FAILURES > 0) return
    const { retryMs } = this.#options.pace
    const waits = { firstMs: REST.first * retryMs, mostMs: REST.most * retryMs }
    this.#shut.shut({ what, name, why, forMs: backOff(failures / FAILURES, waits) })
  }
}

/** A counter whose questions need not wait until it is open again. */
class Counter extends RateBudget {
  #waiting = newController()

  override take(weight: number): Promise<void> {
    return super.take(weight, this.#waiting.signal)
  }

  /** Sends away those who wait. */
  leave(why: unknown): void {
    this.#waiting.abort(why)
    this.#waiting = newController()
  }
}

/** One to whose signal any number may listen. */
function newController(): AbortController {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  return controller
}

/** A path as it is told: `perp /fapi/v1/time`. */
const pathOf = ({ address, path }: Door): string => `${address} ${path}`
