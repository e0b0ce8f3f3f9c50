import { DeskError, reasonOf } from '../../../core/errors.ts'
import { MINUTE_MS } from '../../../core/instant.ts'
import { pause } from '../../../net/pause.ts'
import { backOff } from '../../../net/retry.ts'
import type { Lane } from './coverageBook.ts'
import { fetchStretch, type Fetched, type Lost } from './historyJob.ts'
import { laneKey, laneOfDoor } from './lanes.ts'
import { byUrgency, missingStretches, type Depths, type HistoryTask } from './missing.ts'
import type { Pace } from './pace.ts'
import { SpoiltStretches } from './spoiltStretches.ts'
import { without } from './stretches.ts'
import type { VenueTools } from './venueTools.ts'

/** A lane that could not be fetched to the end, and why. */
export interface Unfinished {
  readonly lane: string
  readonly why: string
}

interface Failing {
  readonly failures: number
  /** Not to be asked for before this, by the steady clock. */
  readonly until: number
  readonly error: unknown
}

/** Questions of history under way at once. */
const AT_ONCE = 4
/** A lane that fails is left alone ever longer, up to this. */
const LONGEST_MS = 10 * MINUTE_MS
/** Where a venue sends what cannot be kept, it is asked so often before that is lost. */
const TRIES = 3
/** Rounds of a job that is to end by itself. */
const ROUNDS = 5

/** Looks through the lanes of a venue for what is missing and asks for it. */
export class HistorySweep {
  readonly #tools: VenueTools
  readonly #depths: Depths
  readonly #pace: Pace
  readonly #lost = new Map<string, Lost[]>()
  readonly #failing = new Map<string, Failing>()
  readonly #spoilt = new SpoiltStretches()
  #open = 0
  #soon: () => void = () => undefined

  constructor(tools: VenueTools, { depths, pace }: { readonly depths: Depths; readonly pace: Pace }) {
    this.#tools = tools
    this.#depths = depths
    this.#pace = pace
  }

  /** Stretches still to be fetched. */
  get open(): number {
    return this.#open
  }

  /** Looks again at once rather than in a while. */
  soon(): void {
    this.#soon()
  }

  /** Runs until the link's signal. */
  async run(): Promise<void> {
    const { signal } = this.#tools.link
    signal.addEventListener('abort', () => this.#soon())
    while (!signal.aborted) {
      const soon = new AbortController()
      this.#soon = () => soon.abort()
      await this.#fetchAll(this.#missing(undefined).filter((task) => !this.#isResting(task)))
      await pause(this.#pace.sweepMs, soon.signal).catch(() => undefined)
      if (soon.signal.aborted) await pause(this.#pace.servedMs, signal).catch(() => undefined)
    }
  }

  /**
   * Fetches everything up to now that the venue serves and that is not held, then ends.
   * @returns what could not be had though the venue may serve it
   */
  async toTheEnd(): Promise<readonly Unfinished[]> {
    const { signal } = this.#tools.link
    // What comes meanwhile is for another time: where a question is dear there would be no end of it.
    const end = this.#tools.link.now()
    // What was not served yet at first may be now; twice is enough.
    for (let [round, whole] = [1, 0]; whole < 2 && round <= ROUNDS && !signal.aborted; round++) {
      this.#failing.clear()
      await this.#fetchAll(this.#missing(end))
      if (this.#failing.size === 0) whole++
      else {
        const waitMs = this.#waitMs(round)
        if (waitMs > this.#pace.patienceMs || round === ROUNDS) break
        await pause(waitMs, signal).catch(() => undefined)
      }
    }
    return this.#unfinished()
  }

  #waitMs(round: number): number {
    const asked = [...this.#failing.values()].map(({ error }) => retryAfterOf(error))
    return Math.max(backOff(round, { firstMs: 2 * this.#pace.retryMs }), ...asked)
  }

  #unfinished(): readonly Unfinished[] {
    const failed = [...this.#failing].map(([lane, { error }]) => ({ lane, why: reasonOf(error) }))
    return [...failed, ...this.#spoilt.list()]
  }

  /** @param toTheEnd - up to where nothing may be missing; undefined while it goes on */
  #missing(toTheEnd: number | undefined): readonly HistoryTask[] {
    const { source, link, instruments, coverage, lanes } = this.#tools
    const inputs = { book: coverage.book, depths: this.#depths, now: link.now(), toTheEnd }
    const tasks = source.history.flatMap((door) =>
      instruments.chosen
        .filter((each) => each.market === door.market && door.covers(each))
        .flatMap((instrument) => {
          const key = laneKey(door.market, laneOfDoor(door), instrument.instrument)
          const lane = { ...lanes.now(key), lost: this.#lost.get(key) ?? [] }
          return missingStretches({ door, instrument, lane, ...inputs })
        }),
    )
    return tasks.toSorted(byUrgency)
  }

  async #fetchAll(tasks: readonly HistoryTask[]): Promise<void> {
    const { signal } = this.#tools.link
    const waiting = [...tasks]
    const worker = async (): Promise<void> => {
      for (let task = waiting.shift(); task !== undefined && !signal.aborted; task = waiting.shift()) {
        this.#open = waiting.length + 1
        await this.#fetch(task)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    this.#open = 0
  }

  async #fetch(task: HistoryTask): Promise<void> {
    const { link, instruments, intake, report } = this.#tools
    const key = keyOf(task)
    // It may have vanished since it was found to lack something.
    if (instruments.find(task.instrument.market, task.instrument.instrument) === undefined) return
    try {
      const tools = { link, context: instruments.context, take: intake.asked.bind(intake) }
      this.#fetched(task, await fetchStretch(task, tools))
      this.#failing.delete(key)
    } catch (error) {
      if (link.signal.aborted) return
      this.#rest(key, error)
      report(key, error)
    }
  }

  #fetched(task: HistoryTask, { covered, lost, spoilt, runs }: Fetched): void {
    const key = keyOf(task)
    this.#spoilt.asked(key, task.stretch, spoilt)
    const hopeless = spoilt.filter((hole) => this.#spoilt.found(key, hole) >= TRIES)
    const before = this.#lost.get(key) ?? []
    const vain = lost === undefined ? [] : [lost]
    const gone = [...vain, ...hopeless].filter((each) => without(each, before).length > 0)
    if (gone.length > 0) this.#lost.set(key, [...before, ...gone])
    // What begins where something was lost says why there is a gap before it.
    const whyOf = (since: number): string => before.find(({ to }) => to === since)?.why ?? ''
    const { coverage, chain } = this.#tools
    coverage.put(...covered.map((row) => (row.ended === '' ? { ...row, ended: whyOf(row.since) } : row)))
    chain.fetched(task.instrument, runs)
    for (const each of [...vain, ...spoilt]) coverage.put(...coverage.book.explained(laneOf(task), each))
  }

  #rest(key: string, error: unknown): void {
    const failures = (this.#failing.get(key)?.failures ?? 0) + 1
    const restMs = backOff(failures, { firstMs: this.#pace.sweepMs, mostMs: LONGEST_MS })
    this.#failing.set(key, {
      failures,
      until: performance.now() + Math.max(restMs, retryAfterOf(error)),
      error,
    })
  }

  #isResting(task: HistoryTask): boolean {
    return (this.#failing.get(keyOf(task))?.until ?? -Infinity) > performance.now()
  }
}

const keyOf = ({ door, instrument }: HistoryTask): string =>
  laneKey(door.market, laneOfDoor(door), instrument.instrument)

const laneOf = ({ door, instrument: { venue, market, instrument } }: HistoryTask): Lane => ({
  venue,
  market,
  lane: laneOfDoor(door),
  instrument,
})

const retryAfterOf = (error: unknown): number => (error instanceof DeskError ? (error.retryAfterMs ?? 0) : 0)
