import { DAY_MS, daysFromCivil, formatDay, instant, type InstantMs } from '../../core/instant.ts'
import { indexLevel } from '../../records/indexLevel.ts'
import { levelRow } from '../levelRow.ts'
import { excerptOfTable, SeriesUnavailableError, type WhyUnavailable } from '../seriesUnavailable.ts'
import type { Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import * as wire from './wire.ts'

/** Whose table it is. */
export interface GraphContext {
  /** As FRED calls it: `VIXCLS`. */
  readonly id: string
  /** As it is called here: `VIX`. */
  readonly symbol: string
  /** When it was asked. */
  readonly now: InstantMs
}

/**
 * Values of days, out of the table behind a graph. It is looked at before it is read: whatever it says of its kind, a page is no table. A day without
 * a value is a gap; a table that is wrong anywhere is used nowhere. A last line without its end may have been cut in the middle of a number, and
 * is left out.
 * @returns rows of days, oldest first
 * @throws {SeriesUnavailableError} a page, nothing, a column that is not there, a value that is no number, days out of order
 * @example mapGraph('observation_date,DFF\n2025-04-22,4.33\n', { id: 'DFF', symbol: 'DFF', now }).rows.length // 1
 */
export function mapGraph(text: string, { id, symbol, now }: GraphContext): Mapped {
  const mapping = new Mapping(`fredgraph.csv ${id}`)
  for (const { day, value } of readTable(text, id)) {
    const row = levelRow({ venue: 'fred', symbol, at: day, value, now })
    mapping.keep(indexLevel, row, row)
  }
  return mapping.done()
}

interface Observation {
  readonly day: InstantMs
  readonly value: number
}

function readTable(text: string, id: string): readonly Observation[] {
  const refuse = refusalOf(id)
  if (/^\s*</.test(text)) throw refuse('PAGE_NOT_TABLE', `a page came instead of a table: "${excerptOfTable(text)}"`)
  const [head = '', ...lines] = wholeLines(text.replace(/^\uFEFF/, ''))
  if (head === '') throw refuse('EMPTY_ANSWER', 'an empty file came')
  const columns = head.split(',')
  const dateAt = columns.findIndex((name) => wire.DATE_COLUMNS.includes(name))
  const valueAt = columns.indexOf(id)
  const lacks = dateAt < 0 ? wire.DATE_COLUMNS[0] : id
  if (dateAt < 0 || valueAt < 0) {
    throw refuse('COLUMN_MISSING', `the table has no column "${lacks}", its header is "${excerptOfTable(head)}"`)
  }
  const observations: Observation[] = []
  let before = -Infinity
  for (const [i, line] of lines.entries()) {
    const where = `line ${i + 2}, "${excerptOfTable(line)}"`
    const cells = line.split(',')
    if (cells.length !== columns.length) throw refuse('NOT_AS_DOCUMENTED', `${where}, has not the header's columns`)
    const day = readDay(cells[dateAt])
    if (day === undefined) throw refuse('NOT_AS_DOCUMENTED', `${where}, has no date`)
    if (day <= before) throw refuse('NOT_AS_DOCUMENTED', `${where}, is not after the day before it`)
    before = day
    const cell = cells[valueAt] ?? ''
    if (wire.MISSING.includes(cell)) continue
    if (!wire.VALUE.test(cell)) throw refuse('NOT_A_NUMBER', `${where}: "${excerptOfTable(cell)}" is no number`)
    observations.push({ day, value: Number(cell) })
  }
  if (observations.length === 0) throw refuse('EMPTY_ANSWER', 'a table without a value came')
  return observations
}

/** Lines that have their end; of a text without any the whole. */
function wholeLines(text: string): readonly string[] {
  const end = text.lastIndexOf('\n')
  return (end < 0 ? text : text.slice(0, end)).trimEnd().split(/\r?\n/)
}

/** 00:00 of a date; undefined where there is no such day. */
function readDay(text = ''): InstantMs | undefined {
  const [, year, month, day] = wire.DATE.exec(text) ?? []
  const at = instant(daysFromCivil(Number(year), Number(month), Number(day)) * DAY_MS)
  return formatDay(at) === text ? at : undefined
}

const refusalOf =
  (id: string) =>
  (code: WhyUnavailable, why: string): SeriesUnavailableError =>
    new SeriesUnavailableError(`"${id}" of fred`, code, why)
