import { executiveOrder } from '../../records/executiveOrder.ts'
import { createTableSql } from '../ddl.ts'
import type { Migration } from './migration.ts'

/** The table of executive orders. */
export const executiveOrders: Migration = {
  number: 7,
  name: 'executive orders',
  run: (engine) => engine.command(createTableSql(executiveOrder)),
}
