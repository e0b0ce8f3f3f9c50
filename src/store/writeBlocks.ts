import { openSync, writev, writevSync } from 'node:fs'
import { promisify } from 'node:util'
import { StoreFullError } from './engine.ts'

/** Blocks of so many bytes are written in some tenths of a millisecond. */
const SMALL_BYTES = 1 << 20

const writevAsync = promisify(writev)

/**
 * Writes pieces to a file, one after another. A small block never waits: every wait is one turn behind whatever else this process does,
 * which while history is read can be a tenth of a second.
 * @throws {StoreFullError} no space left
 */
export async function writeBlocks(file: number, pieces: readonly Uint8Array[], path: string): Promise<void> {
  const size = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)
  if (size <= SMALL_BYTES) return writeNow(file, pieces, path)
  try {
    for (let left = pieces; left.length > 0;) {
      left = rest(left, (await writevAsync(file, [...left])).bytesWritten)
    }
  } catch (error) {
    throw full(error, path)
  }
}

/** The same at once, whatever their size. @throws {StoreFullError} no space left */
export function writeNow(file: number, pieces: readonly Uint8Array[], path: string): void {
  try {
    for (let left = pieces; left.length > 0;) left = rest(left, writevSync(file, left))
  } catch (error) {
    throw full(error, path)
  }
}

/** Makes a file that was not there and opens it for writing. @throws {StoreFullError} no space left */
export function makeFile(path: string): number {
  try {
    return openSync(path, 'wx', 0o600)
  } catch (error) {
    throw full(error, path)
  }
}

/** What is left of some pieces behind the first bytes. */
function rest(pieces: readonly Uint8Array[], written: number): readonly Uint8Array[] {
  let skipped = 0
  return pieces.flatMap((bytes) => {
    const from = Math.min(bytes.length, Math.max(0, written - skipped))
    skipped += bytes.length
    return from < bytes.length ? [bytes.subarray(from)] : []
  })
}

function full(error: unknown, path: string): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') return error
  return new StoreFullError(`"${path}" cannot be written`, error)
}
