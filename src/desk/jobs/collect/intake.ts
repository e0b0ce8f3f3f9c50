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

  /** Takes what a feed brought. */
  async live(mapped: Mapped): Promise<void> {
    const { rows } = this.#keep(mapped)
    for (const fault of this.#gate.watch(rows)) this.#options.onFault(fault)
    for (const row of rows) if (row.record.name === 'trade') this.#options.chain.see(row)
    await this.#room()
  }

  /** Takes what was asked for. */
  async asked(mapped: Mapped): Promise<void> {
    this.#keep(mapped)
    await this.#room()
  }

  #keep(mapped: Mapped): Mapped {
    const { link, writer, onRows, onFault } = this.#options
    const passed = this.#gate.pass(mapped, link.now())
    for (const row of passed.rows) writer.put(row)
    for (const fault of passed.faults) onFault(fault)
    onRows(passed.rows.length)
    return passed
  }

  async #room(): Promise<void> {
    const { writer } = this.#options
    if (writer.waiting > PRESSURE_ROWS) await writer.room()
  }
}
