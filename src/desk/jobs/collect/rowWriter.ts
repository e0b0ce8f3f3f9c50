import { BatchBuilder } from '../../../records/batch.ts'
import { coverage, type Coverage } from '../../../records/coverage.ts'
import type { RecordSpec } from '../../../records/record.ts'
import type { MappedRow } from '../../../sources/source.ts'
import { append } from '../../../store/append.ts'
import type { Store } from '../../../store/open.ts'

/** Rows that are stored at once at the latest. */
const FLUSH_ROWS = 10_000
/** Rows of one kind in one block at most. */
const BLOCK_ROWS = 65_536
/** Rows that wait at most before those who bring them must. */
const MAX_WAITING = 200_000
/** Rows that a block has room for at first. */
const FIRST_ROOM = 256
const FLUSH_MS = 1_000

interface Waiting {
  readonly record: RecordSpec
  readonly builders: BatchBuilder[]
}

/** Something that is to be written down once all rows put before are durable. */
export type CoverageNow = () => readonly Coverage[]

/**
 * Gathers rows of all kinds and stores them in blocks: when many wait, or every second. What is covered is written after the
 * rows that it speaks of, never before; what is known to be missed before them, or a kill in between would leave a row behind
 * which nothing seems to be missing.
 */
export class RowWriter {
  readonly #store: Store
  readonly #number: number
  readonly #coverage: CoverageNow
  readonly #waiting = new Map<string, Waiting>()
  readonly #timer: NodeJS.Timeout
  #count = 0
  #oldest = NaN
  #flushing: Promise<void> | undefined
  #failed: unknown
  /** Rows stored so far, and how long the last ones waited from their coming until they could be read. */
  written = 0
  latencyMs: readonly number[] = []

  /** @param coverageNow - asked, at the moment a flush begins, what is covered by the rows put before it */
  constructor(store: Store, number: number, coverageNow: CoverageNow) {
    this.#store = store
    this.#number = number
    this.#coverage = coverageNow
    this.#timer = setInterval(() => void this.flush().catch(() => undefined), FLUSH_MS)
  }

  /** Takes a row; it is durable after the next flush. */
  put({ record, row }: MappedRow): void {
    if (this.#failed !== undefined) throw this.#failed
    const builder = this.#builderOf(record)
    builder.push(row)
    if (this.#count++ === 0) this.#oldest = performance.now()
    if (this.#count >= FLUSH_ROWS && this.#flushing === undefined) void this.flush().catch(() => undefined)
  }

  /** Resolves when there is room for more rows. @throws what storing failed with */
  async room(): Promise<void> {
    while (this.#count > MAX_WAITING) await this.flush()
    if (this.#failed !== undefined) throw this.#failed
  }

  get waiting(): number {
    return this.#count
  }

  /** Stores all rows put so far, and what they cover. @throws what storing failed with; then for ever */
  async flush(): Promise<void> {
    while (this.#flushing !== undefined) await this.#flushing
    // What is covered speaks of rows that were lost by then.
    if (this.#failed !== undefined) throw this.#failed
    this.#flushing = this.#write()
    try {
      await this.#flushing
    } catch (error) {
      this.#failed = error
      throw error
    } finally {
      this.#flushing = undefined
    }
  }

  /** Stores what waits and takes no more. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.flush()
  }

  async #write(): Promise<void> {
    const [waiting, count, oldest] = [[...this.#waiting.values()], this.#count, this.#oldest]
    const [missed, covered] = splitCoverage(this.#coverage())
    this.#waiting.clear()
    this.#count = 0
    if (missed.length > 0) await append(this.#store, coverageBatch(missed), this.#number)
    for (const { builders } of waiting) {
      for (const builder of builders) await append(this.#store, builder.build(), this.#number)
    }
    if (covered.length > 0) await append(this.#store, coverageBatch(covered), this.#number)
    this.written += count
    if (count > 0) this.latencyMs = [...this.latencyMs.slice(-99), performance.now() - oldest]
  }

  #builderOf(record: RecordSpec): BatchBuilder {
    const known = this.#waiting.get(record.name)
    const last = known?.builders.at(-1)
    if (known !== undefined && last !== undefined && last.length < BLOCK_ROWS) return last
    const builder = new BatchBuilder(record, FIRST_ROOM)
    if (known === undefined) this.#waiting.set(record.name, { record, builders: [builder] })
    else known.builders.push(builder)
    return builder
  }
}

/** What is missed, and what is covered. */
function splitCoverage(rows: readonly Coverage[]): readonly [readonly Coverage[], readonly Coverage[]] {
  return [rows.filter(({ way }) => way === 'missed'), rows.filter(({ way }) => way !== 'missed')]
}

function coverageBatch(rows: readonly Coverage[]) {
  const builder = new BatchBuilder(coverage, rows.length)
  for (const row of rows) builder.push(row)
  return builder.build()
}
