import { rateProbability } from '../../records/rateProbability.ts'
import { createTableSql } from '../ddl.ts'
import type { Migration } from './migration.ts'

/** The table of what futures say of coming decisions on rates. */
export const rates: Migration = {
  number: 5,
  name: 'rate probabilities',
  run: (engine) => engine.command(createTableSql(rateProbability)),
}
