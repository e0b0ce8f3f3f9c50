import { DeskError } from '../core/errors.ts'
import { StoreQueryError, type Engine } from './engine.ts'
import { firstTables } from './migrations/0001-first-tables.ts'
import { liveRecords } from './migrations/0002-live-records.ts'
import { dumps } from './migrations/0003-dumps.ts'
import { marketCaps } from './migrations/0004-market-caps.ts'
import { rates } from './migrations/0005-rates.ts'
import { settlements } from './migrations/0006-settlements.ts'
import { executiveOrders } from './migrations/0007-executive-orders.ts'
import type { Migration } from './migrations/migration.ts'

/** All migrations, in the order they run. */
export const MIGRATIONS: readonly Migration[] = [
  firstTables,
  liveRecords,
  dumps,
  marketCaps,
  rates,
  settlements,
  executiveOrders,
]

/** Name of the migration that only a new store runs. */
export const FIRST_MIGRATION = firstTables.name

const CREATE_SQL =
  'create table if not exists migration (number UInt32, name String) engine = MergeTree order by number'
const UNKNOWN_TABLE = 60

/**
 * Brings a store's tables to what this program knows; on a store that is there already this is one small query.
 * @returns the names of the migrations that ran
 * @throws {StoreTooNewError} a newer program has made or migrated the store
 */
export async function migrate(engine: Engine, migrations = MIGRATIONS): Promise<readonly string[]> {
  const done = await lastMigration(engine)
  refuseNewer(done, migrations)
  const open = migrations.filter(({ number }) => number > done)
  if (open.length > 0) await engine.command(CREATE_SQL)
  for (const { number, name, run } of open) {
    await run(engine)
    const sql = 'insert into migration select {number:UInt32}, {name:String}'
    await engine.command(sql, { params: { number, name } })
  }
  return open.map(({ name }) => name)
}

/**
 * The same for whoever can only read: proves that the tables are what this program knows, and changes none.
 * @returns the names of the migrations that ran: none
 * @throws {StoreTooNewError} a newer program has made or migrated the store
 * @throws {StoreTooOldError} an older program holds the store, which lacks migrations
 */
export async function proveMigrated(engine: Engine, migrations = MIGRATIONS): Promise<readonly string[]> {
  const done = await lastMigration(engine)
  refuseNewer(done, migrations)
  if (done < newestOf(migrations)) throw new StoreTooOldError(done, newestOf(migrations))
  return []
}

const newestOf = (migrations: readonly Migration[]): number => migrations.at(-1)?.number ?? 0

function refuseNewer(done: number, migrations: readonly Migration[]): void {
  if (done > newestOf(migrations)) throw new StoreTooNewError(done, newestOf(migrations))
}

async function lastMigration(engine: Engine): Promise<number> {
  try {
    const { columns } = await engine.select('select max(number) as number from migration', { number: 'number' })
    return columns.number[0] ?? 0
  } catch (error) {
    if (error instanceof StoreQueryError && error.engineCode === UNKNOWN_TABLE) return 0
    throw error
  }
}

export class StoreTooNewError extends DeskError {
  constructor(found: number, known: number) {
    super('STORE_TOO_NEW', `the store is at migration ${found}, this program knows up to ${known}`, {
      hint: 'run a newer version of assayer on it',
    })
  }
}

export class StoreTooOldError extends DeskError {
  constructor(found: number, needed: number) {
    super('STORE_TOO_OLD', `the store is at migration ${found}, this program needs ${needed} and can only read it`, {
      hint: 'an older version of assayer has it open: stop that one, and this one brings the store up to date',
    })
  }
}
