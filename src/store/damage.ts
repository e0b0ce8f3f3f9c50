import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StoreOpenError, type Engine } from './engine.ts'

/**
 * Looks for table definitions that a crash has emptied. One of them keeps the engine from opening at all, with a message
 * that does not name it.
 * @throws {StoreOpenError} naming the file
 */
export async function refuseEmptyDefinitions(directory: string): Promise<void> {
  for (const path of await definitionFiles(directory)) {
    if ((await stat(path)).size > 0) continue
    throw new StoreOpenError(`the table definition "${path}" is empty, so the store cannot be opened`, {
      hint: 'restore that file from a copy, or move the store away and import the files again',
    })
  }
}

async function definitionFiles(directory: string): Promise<string[]> {
  const files: string[] = []
  // Definitions lie at metadata/*.sql, metadata/<database>/*.sql and store/<xyz>/<uuid>/*.sql.
  const folders = [join(directory, 'metadata')]
  for (const name of ['metadata', 'store']) folders.push(...(await subfolders(join(directory, name))))
  for (const folder of await subfolders(join(directory, 'store'))) folders.push(...(await subfolders(folder)))
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => [])
    files.push(...names.filter((name) => name.endsWith('.sql')).map((name) => join(folder, name)))
  }
  return files
}

async function subfolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name))
}

/**
 * Parts that the engine set aside at opening because they are broken. It says nothing by itself: the rows are just gone,
 * and even CHECK TABLE is content.
 * @returns one sentence each, naming table, part and reason
 */
export async function detachedParts(engine: Engine): Promise<readonly string[]> {
  const sql = "select table, name, ifNull(reason, '') as reason, path from system.detached_parts order by table, name"
  const { length, columns } = await engine.select(sql, { table: 'text', name: 'text', reason: 'text', path: 'text' })
  return Array.from(
    { length },
    (_, i) =>
      `table "${columns.table[i]}" lost part "${columns.name[i]}" (${columns.reason[i] || 'detached'}): its rows are missing; ` +
      `import their files again, then remove "${columns.path[i]}"`,
  )
}
