import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { DeskError } from '../core/errors.ts'

/**
 * Where the store is: as the user says, else `$ASSAYER_STORE`, else a folder of the user's home.
 * @throws {BadStoreError} it is an address instead of a folder
 */
export function storePath(path: string | undefined): string {
  const said = path ?? process.env['ASSAYER_STORE'] ?? join(homedir(), '.assayer', 'store')
  if (/^[a-z][\w+.-]*:\/\//i.test(said)) throw new BadStoreError(said)
  return resolve(said)
}

/** Thrown for an address: as a path it would make folders named after its parts. */
export class BadStoreError extends DeskError {
  constructor(said: string) {
    super('BAD_STORE', `"${said}" is no folder`, {
      hint: 'name a folder with --store or ASSAYER_STORE; a store on a server cannot be used yet',
    })
  }
}

/**
 * The same for a command that only reads: a store must be there, so that a mistyped path makes none.
 * @throws {NoStoreError} nothing was ever imported there
 */
export function heldStorePath(path: string | undefined): string {
  const found = storePath(path)
  if (!existsSync(join(found, 'clickhouse'))) throw new NoStoreError(found)
  return found
}

export class NoStoreError extends DeskError {
  constructor(path: string) {
    super('NO_STORE', `there is no store in "${path}"`, {
      hint: `import a file first: assayer import candles FILE --venue VENUE --store ${path}`,
    })
  }
}
