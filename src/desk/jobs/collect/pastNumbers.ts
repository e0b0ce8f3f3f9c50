import type { MappedRow } from '../../../sources/source.ts'
import type { Lost } from './historyJob.ts'
import { holesBetween, joinRuns, runsOf, type Run } from './idRuns.ts'
import type { HistoryTask } from './missing.ts'
import { countsTrades, numberOf, sayNumbers, stretchOf } from './numberedTrades.ts'

/** Holds what a venue serves of the past to its own numbers. What it does not count is taken as it comes. */
export class PastNumbers {
  readonly #task: HistoryTask
  readonly #isCounted: boolean
  #runs: readonly Run[] = []
  /** Ends of holes at which nothing came yet. */
  readonly #unmet: Set<number>

  constructor(task: HistoryTask) {
    const { door, instrument, stretch, holes } = task
    this.#task = task
    this.#isCounted = door.kind === 'trade' && countsTrades(instrument, stretch.from)
    this.#unmet = new Set(holes.flatMap(({ from, to }) => [from, to - 1]))
  }

  /** Rows of a page, in any order. */
  add(rows: readonly MappedRow[]): void {
    if (!this.#isCounted) return
    this.#runs = joinRuns([...this.#runs, ...runsOf(rows.map(numberOf))])
    for (const { row } of rows) this.#unmet.delete(Number(row['at']))
  }

  /** What came, in runs without a hole, by rising number. */
  runs(): readonly Run[] {
    return this.#runs
  }

  /** What did not come, from an instant on: numbers, and all of a hole whose ends are held and are not served. */
  missing(from: number): readonly Lost[] {
    if (!this.#isCounted) return []
    const between = holesBetween(this.#runs).map((hole) => {
      return { ...stretchOf(hole), why: `the venue does not serve ${sayNumbers(hole)}` }
    })
    const unmet = this.#task.holes
      .filter((hole) => hole.from >= from && (this.#unmet.has(hole.from) || this.#unmet.has(hole.to - 1)))
      .map((hole) => ({ ...hole, why: 'the venue does not serve the trades beside it' }))
    return [...between, ...unmet]
  }
}
