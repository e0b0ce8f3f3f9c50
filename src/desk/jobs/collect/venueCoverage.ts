import type { Coverage } from '../../../records/coverage.ts'
import type { CoverageBook } from './coverageBook.ts'

/** What a venue's jobs have covered, known at once and written down with the next rows. */
export class VenueCoverage {
  readonly book: CoverageBook
  #unwritten: Coverage[] = []

  constructor(book: CoverageBook) {
    this.book = book
  }

  /** Adds what the rows handed over so far cover. */
  put(...rows: readonly Coverage[]): void {
    this.#unwritten.push(...rows)
    for (const row of rows) this.book.put(row)
  }

  /** What was put since the last time. */
  take(): readonly Coverage[] {
    const rows = this.#unwritten
    this.#unwritten = []
    return rows
  }
}
