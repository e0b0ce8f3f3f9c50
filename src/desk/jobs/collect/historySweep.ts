import { pause } from '../../../net/pause.ts'
import { fetchStretch } from './historyJob.ts'
import { laneKey, laneOfDoor } from './lanes.ts'
import { byUrgency, missingStretches, type Depths, type HistoryTask } from './missing.ts'
import type { Stretch } from './stretches.ts'
import type { VenueTools } from './venueTools.ts'

/** Questions of history under way at once. */
const AT_ONCE = 4
/** How often lanes are looked through for what is missing. */
const SWEEP_MS = 15_000
/** What was traded just before a feed came up is served after this. */
const SERVED_MS = 3_000

/** Looks through the lanes of a venue for what is missing and asks for it. */
export class HistorySweep {
  readonly #tools: VenueTools
  readonly #depths: Depths
  readonly #lost = new Map<string, Stretch[]>()
  #open = 0
  #soon: () => void = () => undefined

  constructor(tools: VenueTools, depths: Depths) {
    this.#tools = tools
    this.#depths = depths
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
    while (!signal.aborted) {
      const soon = new AbortController()
      this.#soon = () => soon.abort()
      await this.#fetchAll(this.#missing('while live'))
      await pause(SWEEP_MS, AbortSignal.any([signal, soon.signal])).catch(() => undefined)
      if (soon.signal.aborted) await pause(SERVED_MS, signal).catch(() => undefined)
    }
  }

  /** Fetches everything that the venue serves and that is not held, then ends. */
  async toTheEnd(): Promise<void> {
    // What was asked for may have taken so long that more has come since; twice is enough.
    for (let round = 0; round < 2 && !this.#tools.link.signal.aborted; round++) {
      await this.#fetchAll(this.#missing('to the end'))
    }
  }

  #missing(how: 'while live' | 'to the end'): readonly HistoryTask[] {
    const { source, link, instruments, coverage, lanes } = this.#tools
    const inputs = { book: coverage.book, depths: this.#depths, now: link.now(), toTheEnd: how === 'to the end' }
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
    const { link, instruments, intake, coverage, report } = this.#tools
    const key = laneKey(task.door.market, laneOfDoor(task.door), task.instrument.instrument)
    try {
      const tools = { link, context: instruments.context, take: intake.asked.bind(intake) }
      const { covered, lost } = await fetchStretch(task, tools)
      if (lost !== undefined) this.#lost.set(key, [...(this.#lost.get(key) ?? []), lost])
      if (covered !== undefined) coverage.put(covered)
    } catch (error) {
      report(key, error)
    }
  }
}
