import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { UnreadableFileError } from './fileFormat.ts'

/**
 * SHA-256 of a file's bytes, read as a stream.
 * @returns 64 hexadecimal digits
 * @throws {UnreadableFileError} missing, a folder, or not permitted
 */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
  } catch (cause) {
    throw new UnreadableFileError(path, cause)
  }
  return hash.digest('hex')
}
