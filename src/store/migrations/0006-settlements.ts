import { futuresSettlement } from '../../records/futuresSettlement.ts'
import { createTableSql } from '../ddl.ts'
import type { Migration } from './migration.ts'

/** The table of settlement prices of futures. */
export const settlements: Migration = {
  number: 6,
  name: 'settlements of futures',
  run: (engine) => engine.command(createTableSql(futuresSettlement)),
}
