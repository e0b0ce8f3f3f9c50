import { openFile, type FileOptions, type OpenedFile } from '../../src/sources/files/openFile.ts'
import type { FileKind } from '../../src/sources/files/layouts/layout.ts'
import type { Batch } from '../../src/records/batch.ts'

export type Row = Readonly<Record<string, string | number | undefined>>

/** A file read to its end, with its rows as objects. */
export interface ReadFile extends OpenedFile {
  readonly rows: readonly Row[]
}

export async function readAll(kind: FileKind, path: string, options: FileOptions = {}): Promise<ReadFile> {
  const file = await openFile(kind, path, options)
  const rows: Row[] = []
  for await (const batch of file.batches) rows.push(...rowsOf(batch))
  return { ...file, rows }
}

function rowsOf(batch: Batch): Row[] {
  const columns = Object.entries(batch.columns)
  return Array.from({ length: batch.length }, (_, i) =>
    Object.fromEntries(columns.map(([name, column]) => [name, Number.isNaN(column[i]) ? undefined : column[i]])),
  )
}
