import { columnsOf, type RecordSpec } from '../../records/record.ts'
import { identifier, type Selected, type Shape } from '../engine.ts'

/** A stored row: its optional numbers are left out where they are not filled. */
export type RecordRow = Readonly<Record<string, string | number>>

/** The columns of a record as SQL, and their shape in an answer. */
export function selectOf(record: RecordSpec): { readonly columns: string; readonly shape: Shape } {
  const columns = columnsOf(record)
  return {
    columns: columns.map(({ name }) => identifier(name)).join(', '),
    shape: Object.fromEntries(
      columns.map(({ name, kind }) => [name, kind === 'symbol' || kind === 'text' ? 'text' : 'number'] as const),
    ),
  }
}

/** An answer row by row. */
export function rowsOf({ columns, length }: Selected<Shape>): readonly RecordRow[] {
  const entries = Object.entries(columns)
  return Array.from({ length }, (_, i) => {
    const fields = entries.map(([name, column]) => [name, column[i] as number | string] as const)
    return Object.fromEntries(fields.filter(([, value]) => !Number.isNaN(value)))
  })
}
