import { DeskError } from '../../core/errors.ts'
import type { Part } from './rawRows.ts'

/** Why one row cannot be a record. */
export interface Fault {
  /** The column as the file calls it. */
  readonly column: string
  readonly value: string
  readonly why: string
  readonly hint?: string
}

/** A row that was refused, and where it stands. */
export interface BadRow extends Fault {
  readonly file: string
  readonly place: Part['place']
  readonly line: number
}

/** The rows that were left out: how many, and the first of them. */
export interface BadRows {
  readonly count: number
  readonly first: readonly BadRow[]
}

/** Bad rows kept for the list; the rest is only counted. */
const LISTED_BAD_ROWS = 100

/** Counts and lists bad rows, or ends the file at the first one. */
export class BadRowLog {
  readonly #mode: 'refuse' | 'skip'
  readonly #first: BadRow[] = []
  #count = 0

  constructor(mode: 'refuse' | 'skip') {
    this.#mode = mode
  }

  /** @throws {BadRowError} bad rows are refused */
  add(part: Part, line: number, fault: Fault): void {
    const row: BadRow = { file: part.label, place: part.place, line, ...fault, value: fault.value.slice(0, 200) }
    if (this.#mode === 'refuse') throw new BadRowError(row)
    this.#count++
    if (this.#first.length < LISTED_BAD_ROWS) this.#first.push(row)
  }

  get rows(): BadRows {
    return { count: this.#count, first: [...this.#first] }
  }
}

/** Thrown at the first bad row; names file, line, column and value. */
export class BadRowError extends DeskError {
  readonly row: BadRow

  constructor(row: BadRow) {
    super('BAD_ROW', `"${row.file}" ${row.place} ${row.line}, column "${row.column}": "${row.value}" ${row.why}`, {
      hint: row.hint ?? 'correct the row, or leave bad rows out with --skip-bad; nothing of the file was kept',
    })
    this.row = row
  }
}
