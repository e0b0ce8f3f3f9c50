import type { Mapped, MappedRow } from '../../../sources/source.ts'
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
    const passed = this.#pass(mapped)
    const { rows, faults } = passed
    const wrong = [...this.#gate.watch(rows)]
    // Before the rows are put: a flush may come between two of them, and is to know what is missing before what it writes.
    for (const row of rows) {
      const missing = row.record.name === 'trade' ? this.#options.chain.see(row) : undefined
      if (missing !== undefined) wrong.push(missing)
    }
    this.#put(rows)
    if (wrong.length === 0) return passed
    for (const fault of wrong) this.#options.onFault(fault)
    return { rows, faults: [...faults, ...wrong] }
  }

  /** Takes what was asked for. @returns what was kept, and everything that was wrong */
  async asked(mapped: Mapped): Promise<Mapped> {
    const passed = this.#pass(mapped)
    this.#put(passed.rows)
    await this.room()
    return passed
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

  #pass(mapped: Mapped): Mapped {
    const passed = this.#gate.pass(mapped, this.#options.link.now())
    for (const fault of passed.faults) this.#options.onFault(fault)
    return passed
  }

  #put(rows: readonly MappedRow[]): void {
    const { writer, onRows, onStoreFailed } = this.#options
    try {
      for (const row of rows) writer.put(row)
    } catch (error) {
      onStoreFailed(error)
    }
    onRows(rows.length)
  }
}
