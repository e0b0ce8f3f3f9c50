/** A column of a printed table: its heading, and on which side its cells line up. */
export interface TableColumn {
  readonly heading: string
  readonly align: 'left' | 'right'
}

/** A plain text table: headings, a rule, rows. */
export function renderTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ heading }, c) => Math.max(heading.length, ...rows.map((row) => (row[c] ?? '').length)))
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, c) => {
        const cell = cells[c] ?? ''
        const width = widths[c] ?? 0
        return align === 'right' ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '-'.repeat(width)).join('  ')
  return [line(columns.map(({ heading }) => heading)), rule, ...rows.map(line), ''].join('\n')
}

/** CSV with a header; a cell with a comma, a quote or a line break is quoted. */
export function renderCsv(header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null): string => {
    const text = value === null ? '' : String(value)
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('')
}
