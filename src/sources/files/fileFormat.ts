import { open, type FileHandle } from 'node:fs/promises'
import { DeskError, reasonOf } from '../../core/errors.ts'
import { DamagedFileError } from './damagedFileError.ts'

export type FileFormat = 'text' | 'gzip' | 'zip' | 'parquet'

/**
 * What a file is, by its first bytes: names lie.
 * @throws {DamagedFileError} empty, or packed in a way that is not read here
 * @throws {UnreadableFileError} missing, a folder, or not permitted
 */
export async function fileFormat(path: string, label = path): Promise<FileFormat> {
  const start = await firstBytes(path, 4)
  if (start.length === 0) throw new DamagedFileError(label, 'is empty', { hint: 'download or copy it again' })
  if (start[0] === 0x1f && start[1] === 0x8b) return 'gzip'
  if (start.equals(ZIP_FILE) || start.equals(ZIP_EMPTY)) return 'zip'
  if (start.toString('latin1') === 'PAR1') return 'parquet'
  const packed = PACKED.find(([, magic]) => start.subarray(0, magic.length).equals(magic))
  if (packed === undefined) return 'text'
  throw new DamagedFileError(label, `is packed with ${packed[0]}`, { hint: 'unpack it, or pack it as .gz or .zip' })
}

const ZIP_FILE = Buffer.from('PK\u0003\u0004', 'latin1')
const ZIP_EMPTY = Buffer.from('PK\u0005\u0006', 'latin1')
const PACKED: readonly (readonly [string, Buffer])[] = [
  ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
  ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58])],
  ['bzip2', Buffer.from('BZh')],
  ['7-Zip', Buffer.from([0x37, 0x7a, 0xbc, 0xaf])],
]

async function firstBytes(path: string, count: number): Promise<Buffer> {
  let file: FileHandle | undefined
  try {
    file = await open(path)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0)
    return buffer.subarray(0, bytesRead)
  } catch (cause) {
    throw new UnreadableFileError(path, cause)
  } finally {
    await file?.close()
  }
}

/** Thrown where a file cannot be opened or read. */
export class UnreadableFileError extends DeskError {
  constructor(path: string, cause: unknown) {
    super('UNREADABLE_FILE', `"${path}" cannot be read: ${reasonOf(cause)}`, {
      hint: 'check the path and its rights',
      cause,
    })
  }
}
