import { openAt, type Grid } from '../core/candles.ts'
import { formatInstant } from '../core/instant.ts'

/** A column of a figure's data; NaN and empty words are gaps. */
export interface CsvColumn {
  readonly name: string
  readonly values: Float64Array | readonly string[]
}

/**
 * A figure's data as CSV (RFC 4180, `\n`): the open time of each bar, then one column each, in full precision; gaps are empty.
 * @example figureCsv({ start: instant(0), step: DAY_MS, length: 1 }, [{ name: 'close', values: Float64Array.of(1.5) }])
 * // 'time,close\n1970-01-01T00:00:00Z,1.5\n'
 */
export function figureCsv(grid: Grid, columns: readonly CsvColumn[]): string {
  const times = Array.from({ length: grid.length }, (_, i) => formatInstant(openAt(grid, i)))
  return tableCsv(grid.length, [{ name: 'time', values: times }, ...columns])
}

/**
 * Columns of one length as CSV, for figures whose rows are not bars of time.
 * @example tableCsv(1, [{ name: 'price', values: Float64Array.of(1800) }]) // 'price\n1800\n'
 */
export function tableCsv(rows: number, columns: readonly CsvColumn[]): string {
  const lines = [columns.map(({ name }) => quoted(name)).join(',')]
  for (let i = 0; i < rows; i++) lines.push(columns.map(({ values }) => cell(values[i])).join(','))
  return `${lines.join('\n')}\n`
}

/** A column that holds words at a few bars; several words of one bar are joined by `; `. */
export function wordColumn(
  grid: Grid,
  name: string,
  words: readonly (readonly [bar: number, word: string])[],
): CsvColumn {
  const values: string[] = Array.from({ length: grid.length }, () => '')
  for (const [bar, word] of words) {
    const before = values[bar]
    if (before !== undefined) values[bar] = before === '' ? word : `${before}; ${word}`
  }
  return { name, values }
}

/** A column that holds one value from a bar on. */
export const constantColumn = (grid: Grid, name: string, value: number, from: number): CsvColumn => ({
  name,
  values: Float64Array.from({ length: grid.length }, (_, i) => (i >= from ? value : NaN)),
})

function cell(value: number | string | undefined): string {
  if (typeof value === 'string') return quoted(value)
  return value === undefined || Number.isNaN(value) ? '' : String(value)
}

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
