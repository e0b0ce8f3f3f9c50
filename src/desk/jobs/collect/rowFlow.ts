import { batchOf, BatchBuilder } from '../../../records/batch.ts'
import { coverage, type Coverage } from '../../../records/coverage.ts'
import type { RecordSpec } from '../../../records/record.ts'
import type { MappedRow } from '../../../sources/source.ts'
import { appendBlock, blockOf, type Block } from '../../../store/append.ts'
import type { Journal } from '../../../store/journal.ts'
import type { Store } from '../../../store/open.ts'
import { ToldStretches } from './toldStretches.ts'

/** Rows of one kind in one block at most. */
const BLOCK_ROWS = 65_536
/** Rows that a block has room for at first. */
const FIRST_ROOM = 256

/** How rows are stored, and by which run. */
export interface FlowOptions {
  readonly store: Store
  /** Of this run among imports. */
  readonly number: number
  /** Where rows are written down until they are stored. */
  readonly journal?: Journal
  /** Rows that are stored at once at the latest. */
  readonly flushRows: number
  /** Asked, at the moment rows are written, what is covered by the rows put before. */
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
  /** Rows by kind, as they come. */
  readonly #building = new Map<string, BatchBuilder[]>()
  /** Rows that are written down, and what they cover. */
  #noted: readonly Block[] = []
  readonly #told = new ToldStretches()
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

  /** Writes down what was put since the last time, and what it covers, where it is found again if this process is killed. */
  note(): void {
    if (this.#failed !== undefined) return
    try {
      const fresh = this.#sealed()
      const told = this.#options.coverage()
      this.#options.journal?.write(inOrder(fresh, told))
      this.#noted = [...this.#noted, ...fresh]
      for (const row of told) this.#told.keep(row)
    } catch (error) {
      this.#failed = error
    }
  }

  async #write(): Promise<void> {
    const { store, number, journal, onWritten } = this.#options
    this.note()
    this.proveSound()
    const [count, oldest] = [this.#count, this.#oldest]
    const blocks = inOrder(joined(this.#noted), this.#told.take())
    this.#noted = []
    this.#count = 0
    const forget = journal?.turn()
    for (const block of blocks) await appendBlock(store.engine, block, number)
    forget?.()
    if (count > 0) onWritten(count, performance.now() - oldest)
  }

  #builderOf(record: RecordSpec): BatchBuilder {
    const builders = this.#building.get(record.name) ?? []
    const last = builders.at(-1)
    if (last !== undefined && last.length < BLOCK_ROWS) return last
    const builder = new BatchBuilder(record, FIRST_ROOM)
    this.#building.set(record.name, [...builders, builder])
    return builder
  }

  /** What has come since the last time. */
  #sealed(): readonly Block[] {
    const blocks = [...this.#building.values()].flatMap((builders) => builders.map((each) => blockOf(each.build())))
    this.#building.clear()
    return blocks
  }
}

/** Blocks of one kind as one. */
function joined(blocks: readonly Block[]): readonly Block[] {
  const kinds = [...new Set(blocks.map(({ record }) => record))]
  return kinds.map((record) => ({
    record,
    pieces: blocks.filter((each) => each.record === record).flatMap(({ pieces }) => pieces),
  }))
}

/** Rows between what is known to be missed before them and what is covered by them. */
function inOrder(rows: readonly Block[], told: readonly Coverage[]): readonly Block[] {
  const missed = told.filter(({ way }) => way === 'missed')
  const covered = told.filter(({ way }) => way !== 'missed')
  const blockOfThose = (those: readonly Coverage[]): readonly Block[] =>
    those.length === 0 ? [] : [blockOf(batchOf(coverage, those))]
  return [...blockOfThose(missed), ...rows, ...blockOfThose(covered)]
}
