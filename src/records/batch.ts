import { columnsOf, type Column, type RecordSpec } from './record.ts'

/** Rows of one record kind as columns: symbols and texts as strings, all else as numbers (instants in ms, flags 0 and 1, NaN for none). */
export interface Batch {
  readonly record: RecordSpec
  readonly length: number
  readonly columns: Readonly<Record<string, Float64Array | readonly string[]>>
}

/** Rows at most in a batch that sources hand on: bounded memory, and large enough for the store. */
export const BATCH_ROWS = 65_536

/** Collects rows of one record kind into columns. */
export class BatchBuilder {
  readonly #record: RecordSpec
  readonly #columns: readonly Column[]
  readonly #numbers = new Map<string, Float64Array>()
  readonly #strings = new Map<string, string[]>()
  #length = 0

  constructor(record: RecordSpec, capacity = BATCH_ROWS) {
    this.#record = record
    this.#columns = columnsOf(record)
    for (const { name, kind } of this.#columns) {
      if (kind === 'symbol' || kind === 'text') this.#strings.set(name, [])
      else this.#numbers.set(name, new Float64Array(capacity))
    }
  }

  get length(): number {
    return this.#length
  }

  /** Appends one record that its schema has accepted. */
  push(row: Readonly<Record<string, unknown>>): void {
    for (const [name, column] of this.#numbers) {
      const value = row[name]
      column[this.#length] = value === undefined ? NaN : Number(value)
    }
    for (const [name, column] of this.#strings) column.push(String(row[name]))
    this.#length++
  }

  /** The rows so far. The builder must not be used again. */
  build(): Batch {
    const numbers = [...this.#numbers].map(([name, column]) => [name, column.subarray(0, this.#length)] as const)
    return { record: this.#record, length: this.#length, columns: Object.fromEntries([...numbers, ...this.#strings]) }
  }
}

/** One batch of rows that are at hand. */
export function batchOf(record: RecordSpec, rows: readonly Readonly<Record<string, unknown>>[]): Batch {
  const builder = new BatchBuilder(record, rows.length)
  for (const row of rows) builder.push(row)
  return builder.build()
}
