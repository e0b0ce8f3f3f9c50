import { closeSync, rmSync } from 'node:fs'
import { quote, type Stage } from './engine.ts'
import { makeFile, writeBlocks } from './writeBlocks.ts'

/** A stage in a file of its own, which the embedded engine reads by itself. */
export async function openFileStage(path: string, columnsSql: string): Promise<Stage> {
  let file: number | undefined = makeFile(path)
  let empty = true
  const shut = (): void => {
    if (file !== undefined) closeSync(file)
    file = undefined
  }
  return {
    write: async (block) => {
      empty = false
      if (file !== undefined) await writeBlocks(file, block, path)
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
