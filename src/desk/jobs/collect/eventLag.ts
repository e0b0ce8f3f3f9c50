import type { MappedRow } from '../../../sources/source.ts'

/** What counts as lately. */
const LATELY_MS = 10_000
/** Samples kept at most. */
const KEPT = 256

interface Sample {
  readonly seenAt: number
  readonly lagMs: number
}

/** How old trades are when they are received, by the venue's clock. A candle's time is its open, long before it is sent. */
export class EventLag {
  readonly #samples: Sample[] = []
  #next = 0

  /**
   * Takes the last trade of a message.
   * @param receivedAt - by the venue's clock, ms
   * @param now - any steady clock, ms
   */
  see(rows: readonly MappedRow[], receivedAt: number, now = performance.now()): void {
    const last = rows.at(-1)
    if (last?.record.name !== 'trade') return
    this.#samples[this.#next] = { seenAt: now, lagMs: receivedAt - Number(last.row['at']) }
    this.#next = (this.#next + 1) % KEPT
  }

  /** Median of the last seconds, ms; NaN where no trade came. */
  medianMs(now = performance.now()): number {
    const lags = this.#samples.filter(({ seenAt }) => now - seenAt <= LATELY_MS).map(({ lagMs }) => lagMs)
    return lags.toSorted((a, b) => a - b)[lags.length >> 1] ?? NaN
  }
}
