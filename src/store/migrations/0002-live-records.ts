import { columnsOf, type RecordSpec } from '../../records/record.ts'
import { instrument } from '../../records/instrument.ts'
import { createTableSql } from '../ddl.ts'
import { identifier, type Engine } from '../engine.ts'
import { COLUMN_TYPE } from '../native/encodeBatch.ts'
import { RECORDS } from '../tables.ts'
import type { Migration } from './migration.ts'

/** Tables of what venues send live, and what an instrument's contract is. Instruments of before are no contracts that we know of. */
export const liveRecords: Migration = {
  number: 2,
  name: 'live records',
  run: async (engine) => {
    for (const record of RECORDS) await engine.command(createTableSql(record))
    await addColumns(engine, instrument, { contract: "'none'" })
  },
}

/** Adds the columns that a record has gained; an optional number is a gap in the rows of before. */
async function addColumns(
  engine: Engine,
  record: RecordSpec,
  defaults: Readonly<Record<string, string>>,
): Promise<void> {
  for (const { name, kind, optional } of columnsOf(record)) {
    const fallback = defaults[name] ?? (optional ? 'nan' : undefined)
    if (fallback === undefined) continue
    const column = `${identifier(name)} ${COLUMN_TYPE[kind]} default ${fallback}`
    await engine.command(`alter table ${identifier(record.name)} add column if not exists ${column}`)
  }
}
