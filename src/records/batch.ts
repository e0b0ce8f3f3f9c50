import type { InstantMs } from '../core/instant.ts'
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
  readonly #numbers: { readonly name: string; column: Float64Array }[] = []
  readonly #strings: (readonly [name: string, column: string[]])[] = []
  #length = 0

  /** @param capacity - rows that there is room for at first; it grows */
  constructor(record: RecordSpec, capacity = BATCH_ROWS) {
    this.#record = record
    this.#columns = columnsOf(record)
    for (const { name, kind } of this.#columns) {
      if (kind === 'symbol' || kind === 'text') this.#strings.push([name, []])
      else this.#numbers.push({ name, column: new Float64Array(capacity) })
    }
  }

  get length(): number {
    return this.#length
  }

  /** Appends one record that its schema has accepted. */
  push(row: Readonly<Record<string, unknown>>): void {
    for (const each of this.#numbers) {
      if (this.#length === each.column.length) each.column = doubled(each.column)
      const value = row[each.name]
      each.column[this.#length] = value === undefined ? NaN : Number(value)
    }
    for (const [name, column] of this.#strings) column.push(String(row[name]))
    this.#length++
  }

  /** The rows so far. The builder must not be used again. */
  build(): Batch {
    const numbers = this.#numbers.map(({ name, column }) => [name, column.subarray(0, this.#length)] as const)
    return { record: this.#record, length: this.#length, columns: Object.fromEntries([...numbers, ...this.#strings]) }
  }
}

function doubled(column: Float64Array): Float64Array {
  const larger = new Float64Array(Math.max(16, column.length * 2))
  larger.set(column)
  return larger
}

/**
 * The rows of a batch that were known at an instant; the batch itself where all were.
 * @param batch - of a record with `knownAt`
 * @example knownBy(candles, now).length // one less where the last bar is still open
 */
export function knownBy(batch: Batch, now: InstantMs): Batch {
  const knownAt = batch.columns['knownAt'] as Float64Array
  if (knownAt.every((at) => at <= now)) return batch
  const keep = Array.from(knownAt.keys()).filter((i) => (knownAt[i] as number) <= now)
  const columns = Object.entries(batch.columns).map(([name, column]) => [
    name,
    column instanceof Float64Array ? Float64Array.from(keep, (i) => column[i] as number) : keep.map((i) => column[i]),
  ])
  return { record: batch.record, length: keep.length, columns: Object.fromEntries(columns) }
}

/** One batch of rows that are at hand. */
export function batchOf(record: RecordSpec, rows: readonly Readonly<Record<string, unknown>>[]): Batch {
  const builder = new BatchBuilder(record, rows.length)
  for (const row of rows) builder.push(row)
  return builder.build()
}
