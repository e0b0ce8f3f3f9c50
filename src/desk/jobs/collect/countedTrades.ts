import type { Instrument } from '../../../records/instrument.ts'
import { ticker } from '../../../records/ticker.ts'
import type { MappedRow } from '../../../sources/source.ts'

/** An instrument that traded between two answers of its venue. */
export interface Counted {
  readonly market: Instrument['market']
  readonly instrument: string
  /** When the first of the two was asked for, ms of a steady clock. */
  readonly since: number
}

interface Shown {
  readonly askedAt: number
  readonly volume24h: number
}

/** Sums differ by less where nothing was added. */
const SAME = 1e-9

/**
 * Finds in the tickers of a venue which instruments have traded: the turnover of the last 24 hours cannot grow otherwise. It may fall
 * though they do, by what was traded a day before; then nothing is said.
 */
export class CountedTrades {
  readonly #shown = new Map<string, Shown>()

  /**
   * Tickers of one answer, of any instruments, among rows of other kinds.
   * @param askedAt - when it was asked for
   */
  see(rows: readonly MappedRow[], askedAt: number): readonly Counted[] {
    return rows.flatMap(({ record, row }) => {
      const volume24h = Number(row['volume24h'] ?? NaN)
      if (record.name !== ticker.name || Number.isNaN(volume24h)) return []
      const [market, instrument] = [row['market'] as Instrument['market'], String(row['instrument'])]
      const key = `${market}/${instrument}`
      const before = this.#shown.get(key)
      this.#shown.set(key, { askedAt, volume24h })
      const hasTraded = before !== undefined && volume24h > before.volume24h * (1 + SAME)
      return hasTraded ? [{ market, instrument, since: before.askedAt }] : []
    })
  }
}
