import type { Engine } from './engine.ts'
import type { Store } from './open.ts'

/** A file of a public dump as its rows were stored: what its bytes were, so that a file that changed is known for one. */
export interface DumpPin {
  readonly venue: string
  /** Its path on the site: the same file on a mirror has the same. */
  readonly path: string
  /** Where it was fetched. */
  readonly address: string
  readonly sha256: string
  readonly bytes: number
  /** What the server called this state of it; empty where it said nothing. */
  readonly etag: string
  /** Rows read from it. */
  readonly rows: number
  /** The imports that its rows bear the numbers of; none where all were there already. */
  readonly importNumbers: readonly number[]
  /** When it was fetched, by this machine's clock. Information only. */
  readonly fetchedAt: string
}

/** Every state of every file that was ever stored, in turn; the last one is the pin. */
export const CREATE_DUMP_SQL = `create table if not exists dump (venue LowCardinality(String), path String, turn UInt32,
  address String, sha256 String, bytes UInt64, etag String, rows UInt64, importNumbers Array(UInt32), fetchedAt String)
  engine = ReplacingMergeTree order by (venue, path, turn)`

/** Writes down that a file's rows are stored. */
export async function writePin(store: Store, pin: Omit<DumpPin, 'fetchedAt'>): Promise<void> {
  const params = { ...pin, fetchedAt: new Date().toISOString() }
  await store.alone(async () => {
    const turn = (await lastTurn(store.engine, pin)) + 1
    const sql = `insert into dump (venue, path, turn, address, sha256, bytes, etag, rows, importNumbers, fetchedAt)
      select {venue:String}, {path:String}, {turn:UInt32}, {address:String}, {sha256:String}, {bytes:UInt64}, {etag:String},
      {rows:UInt64}, {importNumbers:Array(UInt32)}, {fetchedAt:String}`
    await store.engine.command(sql, { params: { ...params, turn } })
  })
}

async function lastTurn(engine: Engine, { venue, path }: Pick<DumpPin, 'venue' | 'path'>): Promise<number> {
  const sql = 'select max(turn) as turn from dump where venue = {venue:String} and path = {path:String}'
  const { columns } = await engine.select(sql, { turn: 'number' }, { params: { venue, path } })
  return columns.turn[0] ?? 0
}

/** Files asked for at once: a statement is read as text, and its length has a limit. */
const ASKED = 500

/** The pins of those of the files that are stored, by path. */
export async function readPins(
  { engine }: Pick<Store, 'engine'>,
  venue: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, DumpPin>> {
  const pins = new Map<string, DumpPin>()
  for (let i = 0; i < paths.length; i += ASKED) {
    for (const pin of await readSome(engine, venue, paths.slice(i, i + ASKED))) pins.set(pin.path, pin)
  }
  return pins
}

async function readSome(engine: Engine, venue: string, paths: readonly string[]): Promise<readonly DumpPin[]> {
  const sql = `select path, address, sha256, bytes, etag, rows, arrayStringConcat(importNumbers, ',') as imports, fetchedAt
    from dump where venue = {venue:String} and path in {paths:Array(String)} order by path, turn desc limit 1 by path`
  const { length, columns } = await engine.select(sql, SHAPE, { params: { venue, paths } })
  return Array.from({ length }, (_, i): DumpPin => {
    const imports = columns.imports[i] as string
    return {
      venue,
      path: columns.path[i] as string,
      address: columns.address[i] as string,
      sha256: columns.sha256[i] as string,
      bytes: columns.bytes[i] as number,
      etag: columns.etag[i] as string,
      rows: columns.rows[i] as number,
      importNumbers: imports === '' ? [] : imports.split(',').map(Number),
      fetchedAt: columns.fetchedAt[i] as string,
    }
  })
}

const SHAPE = {
  path: 'text',
  address: 'text',
  sha256: 'text',
  bytes: 'number',
  etag: 'text',
  rows: 'number',
  imports: 'text',
  fetchedAt: 'text',
} as const
