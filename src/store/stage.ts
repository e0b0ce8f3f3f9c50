import { closeSync, openSync, rmSync, writev, writevSync } from 'node:fs'
import { promisify } from 'node:util'
import { quote, type Stage, StoreFullError } from './engine.ts'

/** Blocks of so many bytes are written in some tenths of a millisecond. */
const SMALL_BYTES = 1 << 20

const writevAsync = promisify(writev)

/**
 * A stage in a file of its own, which the embedded engine reads by itself. A small block never waits: every wait is one turn behind
 * whatever else this process does, which while history is read can be a tenth of a second.
 */
export async function openFileStage(path: string, columnsSql: string): Promise<Stage> {
  let file: number | undefined = openSync(path, 'wx', 0o600)
  let empty = true
  const shut = (): void => {
    if (file !== undefined) closeSync(file)
    file = undefined
  }
  return {
    write: async (block) => {
      empty = false
      if (file !== undefined) await writeAll(file, block, path)
    },
    source: async () => {
      shut()
      // An empty file has no header, which the engine takes for a broken one.
      return empty ? `null(${quote(columnsSql)})` : `file(${quote(path)}, Native, ${quote(columnsSql)})`
    },
    drop: async () => {
      shut()
      rmSync(path, { force: true })
    },
  }
}

async function writeAll(file: number, block: readonly Uint8Array[], path: string): Promise<void> {
  const size = block.reduce((sum, { byteLength }) => sum + byteLength, 0)
  try {
    for (let left = block; left.length > 0;) {
      const written = size <= SMALL_BYTES ? writevSync(file, left) : (await writevAsync(file, [...left])).bytesWritten
      left = rest(left, written)
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    throw new StoreFullError(`the temporary file "${path}" cannot grow`, error)
  }
}

/** What is left of some blocks of bytes behind the first ones. */
function rest(blocks: readonly Uint8Array[], written: number): readonly Uint8Array[] {
  let skipped = 0
  return blocks.flatMap((bytes) => {
    const from = Math.min(bytes.length, Math.max(0, written - skipped))
    skipped += bytes.length
    return from < bytes.length ? [bytes.subarray(from)] : []
  })
}
