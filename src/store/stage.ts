import { open, rm, type FileHandle } from 'node:fs/promises'
import { quote, type Stage, StoreFullError } from './engine.ts'

/** A stage in a file of its own, which the embedded engine reads by itself. */
export async function openFileStage(path: string, columnsSql: string): Promise<Stage> {
  let handle: FileHandle | undefined = await open(path, 'wx', 0o600)
  let empty = true
  const shut = async (): Promise<void> => {
    await handle?.close()
    handle = undefined
  }
  return {
    write: async (block) => {
      empty = false
      await writeAll(handle, block, path)
    },
    source: async () => {
      await shut()
      // An empty file has no header, which the engine takes for a broken one.
      return empty ? `null(${quote(columnsSql)})` : `file(${quote(path)}, Native, ${quote(columnsSql)})`
    },
    drop: async () => {
      await shut()
      await rm(path, { force: true })
    },
  }
}

async function writeAll(handle: FileHandle | undefined, block: readonly Uint8Array[], path: string): Promise<void> {
  try {
    // At once: every wait is one turn behind whatever else this process does.
    for (let left = block; left.length > 0;) left = rest(left, (await handle?.writev(left))?.bytesWritten ?? Infinity)
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
