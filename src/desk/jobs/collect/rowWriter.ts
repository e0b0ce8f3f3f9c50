import type { Coverage } from '../../../records/coverage.ts'
import type { MappedRow } from '../../../sources/source.ts'
import { Journal } from '../../../store/journal.ts'
import type { Store } from '../../../store/open.ts'
import { kindOfLane } from './lanes.ts'
import { RowFlow } from './rowFlow.ts'
import type { Place } from './toldOnce.ts'
import { ToldStretches } from './toldStretches.ts'

/** Rows that are stored at once at the latest. */
const FLUSH_ROWS = 10_000
/** Rows that wait at most before those who bring them must. */
const MAX_WAITING = 200_000
/** How often what waits is stored. */
const FLUSH_MS = 1_000
/** How often it is written down what was told once: until then it is lost with the process, for ever. */
const NOTE_MS = 75

/** Something that is to be written down once all rows put before are durable. */
export type CoverageNow = () => readonly Coverage[]

/** Whether a venue serves something again, or tells it once and never more. */
type Served = 'again' | 'once'

export interface RowWriterOptions {
  /** Of this run among imports. */
  readonly number: number
  /** Asked, at the moment rows are written, what is covered by the rows put before. */
  readonly coverageNow: CoverageNow
  /** Whether a kind of record is told once, by a venue's market. */
  readonly isToldOnce: (place: Place, kind: string) => boolean
}

/**
 * Gathers rows of all kinds and stores them in blocks: when many wait, or every second. What is told once is written into a journal
 * at once, and stored beside the others, so that a block of a hundred thousand trades does not keep it waiting.
 */
export class RowWriter {
  readonly #coverage: CoverageNow
  readonly #isToldOnce: RowWriterOptions['isToldOnce']
  readonly #flows: Readonly<Record<Served, RowFlow>>
  readonly #timers: readonly NodeJS.Timeout[]
  /** What is covered by rows of a flow and is still to be written. */
  readonly #told: Readonly<Record<Served, ToldStretches>> = { again: new ToldStretches(), once: new ToldStretches() }
  /** Rows stored so far, and how long the last ones waited from their coming until they could be read. */
  written = 0
  latencyMs: readonly number[] = []

  constructor(store: Store, { number, coverageNow, isToldOnce }: RowWriterOptions) {
    this.#coverage = coverageNow
    this.#isToldOnce = isToldOnce
    const flow = (served: Served, journal?: Journal): RowFlow =>
      new RowFlow({
        store,
        number,
        ...(journal === undefined ? {} : { journal }),
        flushRows: FLUSH_ROWS,
        coverage: () => this.#coverageOf(served),
        onWritten: (rows, waitedMs) => {
          this.written += rows
          this.latencyMs = [...this.latencyMs.slice(-99), waitedMs]
        },
      })
    this.#flows = { again: flow('again'), once: flow('once', new Journal(store.path, number)) }
    this.#timers = [
      setInterval(() => void this.flush().catch(() => undefined), FLUSH_MS),
      setInterval(() => this.#flows.once.note(), NOTE_MS),
    ]
  }

  /** Takes a row; it is durable after the next flush. @throws what storing failed with */
  put(mapped: MappedRow): void {
    this.#proveSound()
    this.#flows[this.#served(mapped.row as unknown as Place, mapped.record.name)].put(mapped)
  }

  /** Resolves when there is room for more rows. @throws what storing failed with */
  async room(): Promise<void> {
    while (this.waiting > MAX_WAITING) await this.flush()
    this.#proveSound()
  }

  get waiting(): number {
    return this.#flows.again.waiting + this.#flows.once.waiting
  }

  /** Stores all rows put so far, and what they cover. @throws what storing failed with; then for ever */
  async flush(): Promise<void> {
    await Promise.all([this.#flows.once.flush(), this.#flows.again.flush()])
  }

  /** Stores what waits and takes no more. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    await this.flush()
  }

  /** What one flow cannot store ends both: a collector that keeps a part of what comes would not be noticed. */
  #proveSound(): void {
    this.#flows.again.proveSound()
    this.#flows.once.proveSound()
  }

  /**
   * What is covered by rows of one flow. Whoever is asked tells of both at once and of some things only once; what is the other's is
   * kept until that flow begins its next flush, which writes all rows put before now.
   */
  #coverageOf(served: Served): readonly Coverage[] {
    // Rows are refused by now: what they would have covered is not.
    this.#proveSound()
    for (const row of this.#coverage()) this.#told[this.#served(row, kindOfLane(row.lane))].keep(row)
    return this.#told[served].take()
  }

  #served(place: Place, kind: string): Served {
    return this.#isToldOnce(place, kind) ? 'once' : 'again'
  }
}
