import { CREATE_DUMP_SQL } from '../dumpPins.ts'
import type { Migration } from './migration.ts'

/** The files of public dumps whose rows are stored, with their hashes. */
export const dumps: Migration = {
  number: 3,
  name: 'files of public dumps',
  run: (engine) => engine.command(CREATE_DUMP_SQL),
}
