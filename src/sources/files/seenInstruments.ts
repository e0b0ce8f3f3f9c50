import { splitSymbol, UnknownQuoteError, type SplitSymbol, type SymbolRef } from '../../conventions/symbols.ts'
import { instant, type InstantMs } from '../../core/instant.ts'
import type { Fault } from './badRows.ts'

/** An instrument of a file: its rows that were read, the first and last `at`, and for markets what its name says. */
export interface SeenInstrument {
  readonly instrument: string
  readonly rows: number
  readonly from: InstantMs
  readonly to: InstantMs
  readonly symbol?: SplitSymbol
}

/** What is kept of an instrument while its rows go by. */
export interface InstrumentTally {
  readonly instrument: string
  readonly symbol: SplitSymbol | undefined
  rows: number
  from: number
  to: number
}

/** The instruments of one file, each split once. */
export class SeenInstruments {
  readonly #market: Omit<SymbolRef, 'instrument'> | undefined
  readonly #byText = new Map<string, InstrumentTally>()
  #last: InstrumentTally | undefined

  /** @param market - where names are to be split; undefined for plain series, whose names say nothing */
  constructor(market: Omit<SymbolRef, 'instrument'> | undefined) {
    this.#market = market
  }

  /** The tally of an instrument. Its name is copied: a piece cut from a line would keep the whole text in memory. */
  of(text: string): InstrumentTally {
    if (this.#last?.instrument === text) return this.#last
    const known = this.#byText.get(text)
    if (known !== undefined) return (this.#last = known)
    const instrument = Buffer.from(text).toString()
    const symbol = this.#market && splitSymbol({ ...this.#market, instrument })
    const tally = { instrument, symbol, rows: 0, from: Infinity, to: -Infinity }
    this.#byText.set(instrument, tally)
    return (this.#last = tally)
  }

  /** Those with rows, in the file's order. */
  list(): readonly SeenInstrument[] {
    return [...this.#byText.values()]
      .filter((tally) => tally.rows > 0)
      .map(({ instrument, symbol, rows, from, to }) => ({
        instrument,
        rows,
        from: instant(from),
        to: instant(to),
        ...(symbol === undefined ? {} : { symbol }),
      }))
  }
}

/** Counts a row that was read. */
export function tallyRow(tally: InstrumentTally, at: number): void {
  tally.rows++
  if (at < tally.from) tally.from = at
  if (at > tally.to) tally.to = at
}

/** The fault of a name that cannot be split. */
export function symbolFault(column: string, value: string, cause: unknown): Fault {
  if (!(cause instanceof UnknownQuoteError)) throw cause
  return { column, value, why: 'ends in no known quote', ...(cause.hint === undefined ? {} : { hint: cause.hint }) }
}
