import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DeskError, reasonOf } from '../core/errors.ts'

/**
 * Writes files into a folder, made where it is not there. Each is written beside its name and then renamed, so that a reader
 * never sees half of one.
 * @returns the paths written, in the order given
 */
export async function writeFiles(
  folder: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): Promise<readonly string[]> {
  const written: string[] = []
  for (const [name, content] of files) {
    const path = join(folder, name)
    try {
      await mkdir(dirname(path), { recursive: true })
      await writeFile(`${path}.part`, content)
      await rename(`${path}.part`, path)
    } catch (cause) {
      throw new WriteError(path, cause)
    }
    written.push(path)
  }
  return written
}

export class WriteError extends DeskError {
  constructor(path: string, cause: unknown) {
    super('WRITE', `cannot write "${path}": ${reasonOf(cause)}`, {
      hint: 'choose another folder with --out',
      cause,
    })
  }
}
