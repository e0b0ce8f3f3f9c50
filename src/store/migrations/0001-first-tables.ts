import { createTableSql } from '../ddl.ts'
import { CREATE_IMPORT_SQL } from '../ledger.ts'
import { RECORDS } from '../tables.ts'
import type { Migration } from './migration.ts'

/**
 * The tables of the records as they are now, and the ledger of imports. A field that a record gains later is added by a
 * migration of its own, `add column if not exists`, which then changes nothing in a store made afterwards.
 */
export const firstTables: Migration = {
  number: 1,
  name: 'first tables',
  run: async (engine) => {
    for (const record of RECORDS) await engine.command(createTableSql(record))
    await engine.command(CREATE_IMPORT_SQL)
  },
}
