import type { Coverage } from '../../../records/coverage.ts'

/** Stretches that were told and are still to be written, each as it was told last. */
export class ToldStretches {
  readonly #rows = new Map<string, Coverage>()

  /** A stretch that is told again has grown; one that has ended grows no more. */
  keep(row: Coverage): void {
    const { venue, market, lane, feed, way, since, ended } = row
    const key = JSON.stringify([venue, market, lane, feed, way, since])
    const hasEnded = (this.#rows.get(key)?.ended ?? '') !== ''
    if (!hasEnded || ended !== '') this.#rows.set(key, row)
  }

  /** All of them, once. */
  take(): readonly Coverage[] {
    const rows = [...this.#rows.values()]
    this.#rows.clear()
    return rows
  }
}
