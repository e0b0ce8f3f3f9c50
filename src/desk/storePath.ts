import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where the store is: as the user says, else `$ASSAYER_STORE`, else a folder of the user's home. */
export function storePath(path: string | undefined): string {
  return resolve(path ?? process.env['ASSAYER_STORE'] ?? join(homedir(), '.assayer', 'store'))
}
