import { DeskError } from '../../../core/errors.ts'
import {
  KNOWN_AT,
  SYMBOL_NAMES,
  TIME_NAMES,
  findColumns,
  plainName,
  type Columns,
  type Head,
  type Layout,
} from './layout.ts'

/**
 * A plain series with a header: a time and a value. The value is the column asked for, else `value`, else `close`, else the
 * only column that is left.
 */
export const plainSeries: Layout = {
  id: 'series',
  kind: 'series',
  headers: ['date,value', 'date,symbol,value', 'date,open,high,low,close (takes close, or --column NAME)'],
  bind(head) {
    const columns = findColumns(head, { at: TIME_NAMES, knownAt: KNOWN_AT, instrument: SYMBOL_NAMES }, ['at'])
    if (columns === undefined) return undefined
    return { header: 'first row', columns: { ...columns, value: valueColumn(head, columns) } }
  },
}

function valueColumn(head: Head, columns: Columns): number {
  const names = head.cells.map(plainName)
  const rest = names.map((_, i) => i).filter((i) => !Object.values(columns).includes(i))
  const only = rest.length === 1 ? rest[0] : undefined
  const named = [head.column ?? 'value', head.column ?? 'close'].map((name) => names.indexOf(plainName(name)))
  const value = named.find((at) => rest.includes(at)) ?? (head.column === undefined ? only : undefined)
  if (value === undefined)
    throw new ColumnChoiceError(
      rest.map((i) => head.cells[i] ?? ''),
      head.column,
    )
  return value
}

/** Thrown where a table has no column of the name asked for, or several that could be the value. */
export class ColumnChoiceError extends DeskError {
  constructor(found: readonly string[], wanted: string | undefined) {
    const list = found.map((name) => `"${name}"`).join(', ')
    const what = wanted === undefined ? 'does not say which column is the value' : `has no column "${wanted}" of values`
    super('COLUMN_CHOICE', `the file ${what}; it has ${list === '' ? 'a time only' : list}`, {
      hint: 'name the column with --column NAME',
    })
  }
}
