import { BatchBuilder } from '../../../records/batch.ts'
import { coverage, type Coverage } from '../../../records/coverage.ts'
import type { RecordSpec } from '../../../records/record.ts'
import type { MappedRow } from '../../../sources/source.ts'
import { append } from '../../../store/append.ts'
import type { Store } from '../../../store/open.ts'

/** Rows of one kind in one block at most. */
const BLOCK_ROWS = 65_536
/** Rows that a block has room for at first. */
const FIRST_ROOM = 256

interface Waiting {
  readonly record: RecordSpec
  readonly builders: BatchBuilder[]
}

/** How rows are stored, and by which run. */
export interface FlowOptions {
  readonly store: Store
  /** Of this run among imports. */
  readonly number: number
  /** Rows that are stored at once at the latest. */
  readonly flushRows: number
  /** Asked, at the moment a flush begins, what is covered by the rows put before it. */
  readonly coverage: () => readonly Coverage[]
  /** Told when rows are durable: how many, and how long the oldest waited. */
  readonly onWritten: (rows: number, waitedMs: number) => void
}

/**
 * Rows of some kinds on their way into the store, one flush after another. What is covered is written after the rows that it speaks
 * of, never before; what is known to be missed before them, or a kill in between would leave a row behind which nothing seems to be
 * missing.
 */
export class RowFlow {
  readonly #options: FlowOptions
  readonly #waiting = new Map<string, Waiting>()
  #count = 0
  #oldest = NaN
  #flushing: Promise<void> | undefined
  #failed: unknown

  constructor(options: FlowOptions) {
    this.#options = options
  }

  /** Takes a row; it is durable after the next flush. @throws what storing failed with */
  put({ record, row }: MappedRow): void {
    if (this.#failed !== undefined) throw this.#failed
    this.#builderOf(record).push(row)
    if (this.#count++ === 0) this.#oldest = performance.now()
    if (this.#count >= this.#options.flushRows && this.#flushing === undefined) void this.flush().catch(() => undefined)
  }

  get waiting(): number {
    return this.#count
  }

  /** @throws what storing failed with */
  proveSound(): void {
    if (this.#failed !== undefined) throw this.#failed
  }

  /** Stores all rows put so far, and what they cover. @throws what storing failed with; then for ever */
  async flush(): Promise<void> {
    while (this.#flushing !== undefined) await this.#flushing
    // What is covered speaks of rows that were lost by then.
    this.proveSound()
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

  async #write(): Promise<void> {
    const { store, number, onWritten } = this.#options
    const [waiting, count, oldest] = [[...this.#waiting.values()], this.#count, this.#oldest]
    const [missed, covered] = splitCoverage(this.#options.coverage())
    this.#waiting.clear()
    this.#count = 0
    if (missed.length > 0) await append(store, coverageBatch(missed), number)
    for (const { builders } of waiting) {
      for (const builder of builders) await append(store, builder.build(), number)
    }
    if (covered.length > 0) await append(store, coverageBatch(covered), number)
    if (count > 0) onWritten(count, performance.now() - oldest)
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
