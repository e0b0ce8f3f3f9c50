import { basename } from 'node:path'
import { asyncBufferFromFile, parquetScan, parquetSchema, type ParquetParsers, type ParquetScan } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { reasonOf } from '../../core/errors.ts'
import { formatDay, formatInstant, instant, DAY_MS } from '../../core/instant.ts'
import { DamagedFileError } from './damagedFileError.ts'
import type { Meter, Part, RawRows } from './rawRows.ts'

/**
 * A Parquet file as a table: its column names are the header, its values become text (dates and timestamps ISO 8601, nulls
 * empty). One row group is in memory at a time.
 */
export function parquetPart(path: string, meter: Meter, label: string): Part {
  return { name: basename(path), label, place: 'row', rows: parquetRows(path, meter, label) }
}

const SLICE_ROWS = 4096

/** Times as text straight from the integers: finer than a millisecond is cut, as everywhere. */
const PARSERS: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (ms) => formatInstant(instant(Number(ms))),
  timestampFromMicroseconds: (us) => formatInstant(instant(Math.floor(Number(us) / 1000))),
  timestampFromNanoseconds: (ns) => formatInstant(instant(Number(ns / 1_000_000n))),
  dateFromDays: (days) => formatDay(instant(days * DAY_MS)),
}

async function* parquetRows(path: string, meter: Meter, label: string): AsyncGenerator<RawRows> {
  try {
    const scan = await parquetScan({ file: await asyncBufferFromFile(path), compressors, parsers: PARSERS })
    const names = parquetSchema(scan.metadata).children.map((child) => child.element.name)
    const total = Math.max(1, Number(scan.metadata.num_rows))
    yield { lines: [0], cells: [names] }
    for (const range of scan.ranges) {
      const columns = await readGroup(scan, names, range)
      const length = range.rowEnd - range.rowStart
      for (let from = 0; from < length; from += SLICE_ROWS) {
        const to = Math.min(length, from + SLICE_ROWS)
        meter.bytesRead = () => Math.round(((range.rowStart + to) / total) * meter.bytesTotal)
        yield slice(columns, range.rowStart, from, to)
      }
    }
  } catch (cause) {
    throw new DamagedFileError(label, `is cut short, corrupt or not supported (Parquet: ${reasonOf(cause)})`, { cause })
  }
}

type Column = ArrayLike<unknown>

const readGroup = (
  scan: ParquetScan,
  names: readonly string[],
  range: { rowStart: number; rowEnd: number },
): Promise<Column[]> => Promise.all(names.map((column) => scan.readColumn({ column, ...range })))

function slice(columns: readonly Column[], start: number, from: number, to: number): RawRows {
  const lines: number[] = []
  const cells: string[][] = []
  for (let i = from; i < to; i++) {
    lines.push(start + i + 1)
    cells.push(columns.map((column) => cellText(column[i])))
  }
  return { lines, cells }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
