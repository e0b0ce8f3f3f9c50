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
    for (const row of rows) {
      const grown = row.way === 'history' && row.ended === '' ? this.book.grown(row) : row
      this.#unwritten.push(grown)
      this.book.put(grown)
    }
  }

  /** What was put since the last time. */
  take(): readonly Coverage[] {
    const rows = this.#unwritten
    this.#unwritten = []
    return rows
  }
}
