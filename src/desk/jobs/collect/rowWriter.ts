import type { Coverage } from '../../../records/coverage.ts'
import type { MappedRow } from '../../../sources/source.ts'
import type { Store } from '../../../store/open.ts'
import { kindOfLane } from './lanes.ts'
import { RowFlow } from './rowFlow.ts'
import type { Place } from './toldOnce.ts'

/** Rows that are stored at once at the latest. */
const FLUSH_ROWS = 10_000
/** Rows that wait at most before those who bring them must. */
const MAX_WAITING = 200_000
/** How often what waits is stored. What its venue does not serve again is lost with the process, so it waits less. */
const FLUSH_MS = { again: 1_000, once: 150 } as const

/** Something that is to be written down once all rows put before are durable. */
export type CoverageNow = () => readonly Coverage[]

/** Whether a venue serves something again, or tells it once and never more. */
type Served = keyof typeof FLUSH_MS

export interface RowWriterOptions {
  /** Of this run among imports. */
  readonly number: number
  /** Asked, at the moment a flush begins, what is covered by the rows put before it. */
  readonly coverageNow: CoverageNow
  /** Whether a kind of record is told once, by a venue's market. */
  readonly isToldOnce: (place: Place, kind: string) => boolean
}

/**
 * Gathers rows of all kinds and stores them in blocks: when many wait, or every second. What is told once is stored beside the others
 * and more often, so that a block of a hundred thousand trades does not keep it waiting.
 */
export class RowWriter {
  readonly #coverage: CoverageNow
  readonly #isToldOnce: RowWriterOptions['isToldOnce']
  readonly #flows: Readonly<Record<Served, RowFlow>>
  readonly #timers: readonly NodeJS.Timeout[]
  /** What is covered by rows of a flow and is still to be written, each stretch by its key. */
  readonly #told: Readonly<Record<Served, Map<string, Coverage>>> = { again: new Map(), once: new Map() }
  /** Rows stored so far, and how long the last ones waited from their coming until they could be read. */
  written = 0
  latencyMs: readonly number[] = []

  constructor(store: Store, { number, coverageNow, isToldOnce }: RowWriterOptions) {
    this.#coverage = coverageNow
    this.#isToldOnce = isToldOnce
    const flow = (served: Served): RowFlow =>
      new RowFlow({
        store,
        number,
        flushRows: FLUSH_ROWS,
        coverage: () => this.#coverageOf(served),
        onWritten: (rows, waitedMs) => {
          this.written += rows
          this.latencyMs = [...this.latencyMs.slice(-99), waitedMs]
        },
      })
    this.#flows = { again: flow('again'), once: flow('once') }
    this.#timers = (['again', 'once'] as const).map((served) =>
      setInterval(() => void this.#flows[served].flush().catch(() => undefined), FLUSH_MS[served]),
    )
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
    for (const row of this.#coverage()) this.#keep(row)
    const told = [...this.#told[served].values()]
    this.#told[served].clear()
    return told
  }

  #served(place: Place, kind: string): Served {
    return this.#isToldOnce(place, kind) ? 'once' : 'again'
  }

  /** A stretch that is told again has grown; one that has ended grows no more. */
  #keep(row: Coverage): void {
    const { venue, market, lane, feed, way, since, ended } = row
    const told = this.#told[this.#served(row, kindOfLane(lane))]
    const key = JSON.stringify([venue, market, lane, feed, way, since])
    const hasEnded = (told.get(key)?.ended ?? '') !== ''
    if (!hasEnded || ended !== '') told.set(key, row)
  }
}
