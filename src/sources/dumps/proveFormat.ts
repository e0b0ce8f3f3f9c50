import { open } from 'node:fs/promises'
import { DeskError } from '../../core/errors.ts'
import { fileFormat, type FileFormat } from '../files/fileFormat.ts'

/**
 * Proves that what was fetched is packed as files of its site are: some servers answer with a page and status 200, and some
 * unpack on the way, after which nothing would tell a file that was cut short.
 * @throws {NotADumpError} it is something else
 * @throws {DamagedFileError} it is empty
 */
export async function proveFormat(url: string, path: string, format: FileFormat): Promise<void> {
  const found = await fileFormat(path, url)
  if (found !== format) throw new NotADumpError(url, format, await startOf(path))
}

async function startOf(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(200), 0, 200, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Something else came with status 200 where a file should be. */
export class NotADumpError extends DeskError {
  constructor(url: string, format: FileFormat, start: string) {
    const excerpt = start.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()
    const what = excerpt.startsWith('<') ? 'a page' : 'something else'
    super('NOT_A_DUMP', `"${url}" answered with ${what} instead of a ${format} file: ${excerpt}`, {
      hint: 'nothing of it was kept; see in a browser what the site wants, or name a mirror with --base',
    })
  }
}
