import { columnsOf, type RecordSpec } from '../records/record.ts'
import { identifier } from './engine.ts'

/**
 * Which of several rows with one key stands: generation, then the number of optional fields filled, then the import.
 * A generation begins only where someone replaces a row on purpose (docs/decisions/0002). No clock is in it.
 */
const GENERATION_BIT = 48
const FILLED_BIT = 40

/** SQL of a version from the SQL of its three parts. */
export const versionSql = (generation: string, filled: string, importNumber: number): string =>
  `bitOr(bitOr(bitShiftLeft(toUInt64(${generation}), ${GENERATION_BIT}), bitShiftLeft(toUInt64(${filled}), ${FILLED_BIT})), toUInt64(${importNumber}))`

/** SQL of the generation in a version. */
export const generationSql = (version: string): string => `bitShiftRight(${version}, ${GENERATION_BIT})`

/** SQL of the number of filled optional fields in a version. */
export const filledInVersionSql = (version: string): string => `bitAnd(bitShiftRight(${version}, ${FILLED_BIT}), 255)`

/** SQL that counts the optional fields a row fills. */
export function filledSql(record: RecordSpec, table: string): string {
  const optional = columnsOf(record).filter((column) => column.optional)
  // No bare 0: where an order is asked for, the engine takes a number for the position of a column.
  if (optional.length === 0) return 'toUInt8(0)'
  return optional.map(({ name }) => `(not isNaN(${table}.${identifier(name)}))`).join(' + ')
}
