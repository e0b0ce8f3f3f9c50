import type { Batch } from '../../records/batch.ts'
import { columnsOf, type ColumnKind } from '../../records/record.ts'
import { encodeSymbols } from './lowCardinality.ts'
import { instantBytes } from './instants.ts'
import { encodeTexts, textBytes, varint } from './texts.ts'

/** How a column kind is kept in ClickHouse. */
export const COLUMN_TYPE: Readonly<Record<ColumnKind, string>> = {
  symbol: 'LowCardinality(String)',
  text: 'String',
  instant: "DateTime64(3, 'UTC')",
  float: 'Float64',
  flag: 'UInt8',
}

/**
 * A batch as one block of ClickHouse's Native format, in pieces to be written one after another.
 * Pieces share memory with the batch, which must not change until they are written. Little-endian machines only, as the engine is.
 */
export function encodeBatch(batch: Batch): readonly Uint8Array[] {
  const columns = columnsOf(batch.record)
  const pieces: Uint8Array[] = [varint(columns.length), varint(batch.length)]
  for (const { name, kind } of columns) {
    const column = batch.columns[name]
    if (column === undefined) throw new TypeError(`batch of ${batch.record.name} lacks column "${name}"`)
    pieces.push(textBytes(name), textBytes(COLUMN_TYPE[kind]), ...encodeColumn(kind, column))
  }
  return pieces
}

function encodeColumn(kind: ColumnKind, column: Float64Array | readonly string[]): readonly Uint8Array[] {
  if (!(column instanceof Float64Array)) return kind === 'symbol' ? encodeSymbols(column) : [encodeTexts(column)]
  if (kind === 'instant') return [instantBytes(column)]
  if (kind === 'flag') return [Uint8Array.from(column)]
  return [new Uint8Array(column.buffer, column.byteOffset, column.byteLength)]
}
