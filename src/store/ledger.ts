import type { Engine } from './engine.ts'

/** What one import brought. The store's rows name their import by number. */
export interface ImportEntry {
  readonly number: number
  /** What the user calls it: the file's name. */
  readonly label: string
  /** Of the rows as the source read them, not of the file. */
  readonly sha256: string
  /** The record kind, `candle`. */
  readonly kind: string
  readonly rows: number
  readonly added: number
  readonly fuller: number
  readonly replaced: number
  /** False where the import was killed between its first and its last row; importing the file again completes it. */
  readonly finished: boolean
  /** When it was imported, by this machine's clock. Information only: no key and no order rests on it. */
  readonly receivedAt: string
}

/** Named columns of the ledger; of two rows with one number the finished one stands. */
export const CREATE_IMPORT_SQL = `create table if not exists \`import\` (number UInt32, label String, sha256 String,
  kind LowCardinality(String), rows UInt64, added UInt64, fuller UInt64, replaced UInt64, finished UInt8, receivedAt String)
  engine = ReplacingMergeTree(finished) order by number`

/** The number for the next import. Numbers of imports that were killed are not used again. */
export async function nextImportNumber(engine: Engine): Promise<number> {
  const { columns } = await engine.select('select max(number) as number from `import`', { number: 'number' })
  return (columns.number[0] ?? 0) + 1
}

/** Writes an import down, once before its rows and once, finished, after them. */
export async function writeImport(engine: Engine, entry: ImportEntry): Promise<void> {
  const { finished, ...params } = entry
  const sql = `insert into \`import\` select {number:UInt32}, {label:String}, {sha256:String}, {kind:String}, {rows:UInt64},
    {added:UInt64}, {fuller:UInt64}, {replaced:UInt64}, {finished:UInt8}, {receivedAt:String}`
  await engine.command(sql, { params: { ...params, finished: Number(finished) } })
}

/** All imports, oldest first. */
export async function readImports(engine: Engine): Promise<readonly ImportEntry[]> {
  const { length, columns } = await engine.select('select * from `import` final order by number', {
    number: 'number',
    label: 'text',
    sha256: 'text',
    kind: 'text',
    rows: 'number',
    added: 'number',
    fuller: 'number',
    replaced: 'number',
    finished: 'number',
    receivedAt: 'text',
  })
  return Array.from({ length }, (_, i) => ({
    number: columns.number[i] as number,
    label: columns.label[i] as string,
    sha256: columns.sha256[i] as string,
    kind: columns.kind[i] as string,
    rows: columns.rows[i] as number,
    added: columns.added[i] as number,
    fuller: columns.fuller[i] as number,
    replaced: columns.replaced[i] as number,
    finished: columns.finished[i] === 1,
    receivedAt: columns.receivedAt[i] as string,
  }))
}
