import { expect } from 'vitest'
import { BadRowError } from '../../src/sources/files/badRows.ts'
import type { FileKind } from '../../src/sources/files/layouts/layout.ts'
import type { FileOptions } from '../../src/sources/files/openFile.ts'
import { readAll, type ReadFile } from './readAll.ts'
import { tempFolder } from './tempFolder.ts'

export const write = tempFolder()
const SKIP = 'correct the row, or leave bad rows out with --skip-bad; nothing of the file was kept'

/** A file of rows that are alike. */
export interface Table {
  readonly kind: FileKind
  readonly name: string
  readonly options?: FileOptions
  /** Its columns, each with a cell that is sound. */
  readonly cells: Readonly<Record<string, string>>
}

export const read = ({ kind, name, options = {} }: Table, lines: readonly string[]): Promise<ReadFile> =>
  readAll(kind, write(name, `${lines.join('\n')}\n`), options)

export const headerOf = ({ cells }: Table): string => Object.keys(cells).join(',')
export const lineOf = ({ cells }: Table, changed: Readonly<Record<string, string>> = {}): string =>
  Object.values({ ...cells, ...changed }).join(',')

/** The file of one sound row and others that differ from it by some cells. */
export const rowsOf = (table: Table, ...changed: readonly Readonly<Record<string, string>>[]): Promise<ReadFile> =>
  read(table, [headerOf(table), ...(changed.length === 0 ? [{}] : changed).map((each) => lineOf(table, each))])

export type Wrong = readonly [column: string, value: string, why: string]

/** Every way in which a cell can be wrong is named by file, line, column and value, and nothing is kept. */
export async function expectRefused(table: Table, [column, value, why]: Wrong, hint = SKIP): Promise<void> {
  const reading = read(table, [headerOf(table), lineOf(table), lineOf(table, { [column]: value })])
  await expect(reading).rejects.toBeInstanceOf(BadRowError)
  await expect(reading).rejects.toMatchObject({
    code: 'BAD_ROW',
    message: expect.stringMatching(new RegExp(`^"[^"]*${table.name}" line 3, column "${column}": "`)),
    row: { line: 3, column, value, why: expect.stringContaining(why) },
    hint,
  })
}

/** A row that has a cell too few or too many, and a header that no layout has. */
export async function expectWholeRows(table: Table): Promise<void> {
  const line = lineOf(table)
  for (const wrong of [`${line},1`, line.slice(0, line.lastIndexOf(','))]) {
    await expect(read(table, [headerOf(table), line, wrong])).rejects.toMatchObject({
      row: { line: 3, column: '(whole row)', value: wrong, why: expect.stringMatching(/^has \d+ columns where/) },
    })
  }
  await expect(read(table, ['a,b,c', '1,2,3'])).rejects.toMatchObject({
    code: 'UNKNOWN_LAYOUT',
    message: expect.stringContaining(`no known header of ${table.kind}: "a,b,c"`),
    hint: expect.stringContaining(`known headers of ${table.kind}: `),
  })
  await expect(read(table, [headerOf(table)])).rejects.toMatchObject({ code: 'NO_ROWS' })
}
