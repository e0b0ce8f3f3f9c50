import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { StoreFullError } from './engine.ts'
import { TOKEN_FILE, writeHolder, type Holder } from './holder.ts'

/** Where a front is, and the word it asks for. */
export interface FrontAddress {
  /** `http://127.0.0.1:PORT` */
  readonly address: string
  readonly token: string
}

/**
 * Writes down where this process, the holder, can be read from: the token first, in a file of its own for this user alone.
 * @throws {StoreFullError} the disk is full
 */
export function offerFront(path: string, { address, token }: FrontAddress): void {
  const file = join(path, TOKEN_FILE)
  rmSync(file, { force: true })
  try {
    writeFileSync(file, token, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    throw new StoreFullError(`"${file}" cannot be written`, error)
  }
  writeHolder(path, { address, tokenFile: TOKEN_FILE })
}

/** The front of a holder; undefined where it has none, where it is nowhere on this machine, or its token cannot be read. */
export function frontOf(path: string, { address, tokenFile }: Holder): FrontAddress | undefined {
  if (address === undefined || tokenFile === undefined || !/^http:\/\/127\.0\.0\.1:\d+$/.test(address)) return undefined
  try {
    return { address, token: readFileSync(join(path, basename(tokenFile)), 'utf8') }
  } catch {
    return undefined
  }
}
