import type { Mapped } from '../../../sources/source.ts'
import type { WireFault } from '../../../sources/wire/wireFault.ts'
import { Gate } from './gate.ts'
import type { RowWriter } from './rowWriter.ts'
import type { TradeChain } from './tradeChain.ts'
import type { VenueLink } from './venueLink.ts'

export interface IntakeOptions {
  readonly link: VenueLink
  readonly writer: RowWriter
  readonly chain: TradeChain
  readonly onRows: (rows: number) => void
  readonly onFault: (fault: WireFault) => void
  /** Told that rows cannot be stored any more. */
  readonly onStoreFailed: (error: unknown) => void
}

/** Rows that wait before those who bring them must. */
const PRESSURE_ROWS = 100_000

/** The one way of a venue's rows into the store. */
export class Intake {
  readonly #options: IntakeOptions
  readonly #gate = new Gate()

  constructor(options: IntakeOptions) {
    this.#options = options
  }

  /** Takes what a feed brought. @returns what was kept, and everything that was wrong */
  live(mapped: Mapped): Mapped {
    const kept = this.#keep(mapped)
    const wrong = [...this.#gate.watch(kept.rows)]
    for (const row of kept.rows) {
      const missing = row.record.name === 'trade' ? this.#options.chain.see(row) : undefined
      if (missing !== undefined) wrong.push(missing)
    }
    if (wrong.length === 0) return kept
    for (const fault of wrong) this.#options.onFault(fault)
    return { rows: kept.rows, faults: [...kept.faults, ...wrong] }
  }

  /** Takes what was asked for. @returns what was kept, and everything that was wrong */
  async asked(mapped: Mapped): Promise<Mapped> {
    const kept = this.#keep(mapped)
    await this.room()
    return kept
  }

  /** Resolves when there is room for more; undefined where there is. */
  room(): Promise<void> | undefined {
    const { writer, onStoreFailed } = this.#options
    return writer.waiting > PRESSURE_ROWS ? writer.room().catch(onStoreFailed) : undefined
  }

  /** A session of a feed begins: what it repeats of the one before is no fault. */
  forget(market: string, instruments: readonly string[]): void {
    this.#gate.forget(market, instruments)
  }

  #keep(mapped: Mapped): Mapped {
    const { link, writer, onRows, onFault, onStoreFailed } = this.#options
    const passed = this.#gate.pass(mapped, link.now())
    try {
      for (const row of passed.rows) writer.put(row)
    } catch (error) {
      onStoreFailed(error)
    }
    for (const fault of passed.faults) onFault(fault)
    onRows(passed.rows.length)
    return passed
  }
}
