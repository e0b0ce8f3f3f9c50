import { namedInstrument } from '../../conventions/namedInstrument.ts'
import type { InstantMs } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { RecordSpec } from '../../records/record.ts'
import type { Fault } from './badRows.ts'
import type { Field } from './layouts/layout.ts'
import { isMissing, readOptional } from './readNumber.ts'
import { timeReader, type TimeReader } from './readTime.ts'
import { sayIssue } from './sayIssue.ts'
import { symbolFault, type InstrumentTally, type SeenInstruments } from './seenInstruments.ts'
import type { TablePlan } from './tablePlan.ts'

/** What a row reader needs besides the cells. */
export interface RowContext {
  readonly plan: TablePlan
  /** The first row, for naming columns and counting them. */
  readonly first: readonly string[]
  readonly seen: SeenInstruments
  readonly knownAt: InstantMs | undefined
}

/** More than the coins of any asset, whatever its smallest unit, or what all are worth. */
const MOST_AMOUNT = 1e24

/** Takes over a record; its object is filled anew by the next row. */
export type Keep = (record: RecordSpec, row: Readonly<Record<string, unknown>>) => void

/** Reads rows of one table into records. */
export interface RowReader {
  /**
   * Hands on the records of a row that is sound: of most files one, of some several. Gives the fault of one that is not.
   * @param place - where the row stands, for a later row that is held against it: `line 7`
   */
  readonly read: (cells: readonly string[], keep: Keep, place: string) => Fault | undefined | 'gap'
}

/** The parts that all row readers share: times, instruments, and the words for what is wrong. */
export class RowParts {
  readonly #context: RowContext
  readonly #times: TimeReader = timeReader()
  readonly #knownTimes: TimeReader = timeReader()
  readonly #only: string | undefined
  #single: string | undefined
  #named: Instrument | undefined

  constructor(context: RowContext) {
    this.#context = context
    this.#only = context.plan.instrument
  }

  /** Where a field is, or -1. */
  index(field: Field): number {
    return this.#context.plan.binding.columns[field] ?? -1
  }

  cell(cells: readonly string[], field: Field): string {
    return cells[this.index(field)] ?? ''
  }

  at(cells: readonly string[]): number {
    return this.#times.read(this.cell(cells, 'at'))
  }

  /** When the row became known: as said, as its column says, or else by its own time. NaN for a bad cell. */
  knownAt(cells: readonly string[], own: number): number {
    if (this.#context.knownAt !== undefined) return this.#context.knownAt
    const index = this.index('knownAt')
    const text = index < 0 ? undefined : cells[index]
    return isMissing(text) ? own : this.#knownTimes.read(text ?? '')
  }

  instrument(cells: readonly string[]): InstrumentTally | Fault {
    const index = this.index('instrument')
    const text = index < 0 ? (this.#only ?? '') : (cells[index] ?? '')
    if (index >= 0 && this.#only !== undefined) {
      this.#single ??= text
      if (text !== this.#single)
        return this.fault('instrument', cells, `is a second symbol, yet all rows are to be "${this.#only}"`)
    }
    const name = this.#only ?? text
    if (name === '') return this.fault('instrument', cells, 'is empty')
    return this.tallyOf(name)
  }

  /** The tally of an instrument by a name of ours. */
  tallyOf(name: string): InstrumentTally | Fault {
    try {
      return this.#context.seen.of(name)
    } catch (cause) {
      return symbolFault(this.label('instrument'), name, cause)
    }
  }

  /** The instrument of a tally, as its name alone tells it. */
  named(tally: InstrumentTally, at: InstantMs): Instrument {
    const { venue, market } = this.#context.plan
    const { instrument, symbol } = tally
    if (this.#named?.instrument === instrument) return this.#named
    if (symbol === undefined) throw new RangeError(`the name "${instrument}" was not split`)
    return (this.#named = namedInstrument({ venue, market, instrument }, symbol, at))
  }

  label(field: Field): string {
    const index = this.index(field)
    if (index < 0) return field
    return this.#context.plan.binding.header === 'none'
      ? `${index + 1} (${field})`
      : (this.#context.first[index] ?? field)
  }

  fault(field: Field, cells: readonly string[], why: string): Fault {
    return { column: this.label(field), value: this.cell(cells, field), why }
  }

  widthFault(cells: readonly string[]): Fault | undefined {
    const width = this.#context.first.length
    if (cells.length === width) return undefined
    const why = `has ${cells.length} columns where the first row has ${width}`
    return { column: '(whole row)', value: cells.join(','), why }
  }

  timeFault(cells: readonly string[]): Fault {
    const unit = this.#times.unit()
    if (unit === undefined) return this.fault('at', cells, 'is not a time')
    const written = unit === 'text' ? 'ISO 8601 like the rows before' : `a time in ${unit} like the rows before`
    return this.fault('at', cells, `is not ${written}`)
  }

  knownAtFault(cells: readonly string[], known: number, what: string): Fault {
    if (this.#context.knownAt !== undefined) return { ...this.fault('at', cells, `${what} after --known-at`) }
    if (Number.isNaN(known)) return this.fault('knownAt', cells, 'is not a time')
    return this.fault('knownAt', cells, `is before the row could be known: it ${what} later`)
  }

  /** What the record's schema says against a row, in the file's words; for rows that a reader's own check has refused. */
  schemaFault(
    { record, row }: { readonly record: RecordSpec; readonly row: Readonly<Record<string, unknown>> },
    cells: readonly string[],
  ): Fault {
    const issue = record.schema.safeParse(row).error?.issues[0]
    const field = String(issue?.path[0] ?? 'at') as Field
    return this.fault(field, cells, sayIssue(issue))
  }

  /** Some number fields of a row, none of them below 0; those that are empty or not in the file are undefined. */
  amounts(cells: readonly string[], fields: readonly Field[]): Readonly<Record<string, number | undefined>> | Fault {
    const values = Object.fromEntries(fields.map((field) => [field, readOptional(cells[this.index(field)])]))
    const notNumber = this.numberFault(values, cells, fields)
    if (notNumber !== undefined) return notNumber
    const negative = fields.find((field) => Number(values[field]) < 0)
    if (negative !== undefined) return this.fault(negative, cells, 'is negative')
    const absurd = fields.find((field) => Number(values[field]) > MOST_AMOUNT)
    return absurd === undefined ? values : this.fault(absurd, cells, 'is more than there is of anything')
  }

  /** The first of some number fields that holds no number. */
  numberFault(
    row: Readonly<Record<string, unknown>>,
    cells: readonly string[],
    fields: readonly Field[],
  ): Fault | undefined {
    const field = fields.find((name) => Number.isNaN(row[name]))
    if (field === undefined) return undefined
    return this.fault(field, cells, this.cell(cells, field).trim() === '' ? 'is empty' : 'is not a number')
  }
}

/** True for a fault in the place of what was to be read. */
export const isFault = (found: object): found is Fault => 'why' in found
