import { z } from 'zod'
import { instant, type InstantMs } from '../core/instant.ts'

/** How a field is kept in a column: text by dictionary, free text, an instant in milliseconds, a number, or 0 and 1. */
export type ColumnKind = 'symbol' | 'text' | 'instant' | 'float' | 'flag'

export interface Column {
  readonly name: string
  readonly kind: ColumnKind
  /** An optional float is NaN where the source does not give it. Only floats may be optional. */
  readonly optional: boolean
}

/** How a record is kept: its one schema, and which of its fields are the key. */
export interface RecordSpec<S extends z.ZodObject = z.ZodObject> {
  readonly name: string
  readonly schema: S
  /** Fields that name the series. With `at` and `knownAt`, and `tie` where one instant holds many records, they are the key. */
  readonly series: readonly string[]
  readonly tie?: string
  readonly partition: 'year' | 'month' | 'none'
  /** Says yes only where the schema does: a check by hand for records that come by the ten thousand. */
  readonly isSound?: (row: Readonly<Record<string, unknown>>) => boolean
  /** Fields that a source gives with more digits here than there: two values no further apart than this say the same. */
  readonly sameWithin?: Readonly<Record<string, number>>
}

export const symbol = () => z.string().min(1).meta({ column: 'symbol' })
export const text = () => z.string().meta({ column: 'text' })
export const flag = () => z.boolean().meta({ column: 'flag' })
export const number = () => z.number().meta({ column: 'float' })
export const positive = () => z.number().positive().meta({ column: 'float' })
export const notNegative = () => z.number().nonnegative().meta({ column: 'float' })
export const instantField = () =>
  z
    .number()
    .int()
    .transform((ms): InstantMs => instant(ms))
    .meta({ column: 'instant' })

/**
 * The columns that a record's schema asks for, in the schema's order.
 * @example columnsOf(candle)[0] // { name: 'venue', kind: 'symbol', optional: false }
 */
export function columnsOf(record: RecordSpec): readonly Column[] {
  return Object.entries(record.schema.shape).map(([name, field]) => {
    const optional = field instanceof z.ZodOptional
    const inner = (optional ? field.unwrap() : field) as z.ZodType
    return { name, kind: inner.meta()?.['column'] as ColumnKind, optional }
  })
}

/** The record as JSON Schema, instants as milliseconds. */
export const jsonSchemaOf = (record: RecordSpec): object => z.toJSONSchema(record.schema, { io: 'input' })
