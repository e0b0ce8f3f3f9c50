import { marketCap } from '../../records/marketCap.ts'
import { walletBalance } from '../../records/walletBalance.ts'
import { createTableSql } from '../ddl.ts'
import type { Migration } from './migration.ts'

/** Tables of market caps and of the coins in venues' wallets. */
export const marketCaps: Migration = {
  number: 4,
  name: 'market caps and wallets',
  run: async (engine) => {
    for (const record of [marketCap, walletBalance]) await engine.command(createTableSql(record))
  },
}
