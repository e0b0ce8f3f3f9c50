import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { reasonOf } from '../../core/errors.ts'
import { DamagedFileError } from './damagedFileError.ts'
import { fileFormat, UnreadableFileError } from './fileFormat.ts'
import { parquetPart } from './parquetPart.ts'
import type { Meter, Part } from './rawRows.ts'
import { readCsv } from './readCsv.ts'
import { readText } from './readText.ts'
import { zipParts } from './zipParts.ts'

/**
 * A meter for a file: its size, nothing read yet.
 * @throws {UnreadableFileError} missing
 */
export async function meterOf(path: string): Promise<Meter> {
  try {
    return { bytesRead: () => 0, bytesTotal: (await stat(path)).size }
  } catch (cause) {
    throw new UnreadableFileError(path, cause)
  }
}

/**
 * The tables of a file, one after the other: the file itself, or every CSV of a zip. A part's rows must be read (or left)
 * before the next part is asked for.
 * @param label - what messages call the file; its path unless said
 * @throws {DamagedFileError} empty, cut short, corrupt, or not a table
 * @throws {UnreadableFileError} missing, a folder, or not permitted
 */
export async function* openParts(path: string, meter: Meter, label = path): AsyncGenerator<Part> {
  const format = await fileFormat(path, label)
  if (format === 'zip') yield* zipParts(path, meter, label)
  else if (format === 'parquet') yield parquetPart(path, meter, label)
  else yield textPart(path, label, format === 'gzip' ? gunzip(path, meter, label) : plain(path, meter))
}

const READ_BYTES = 1 << 18
const UNPACKED_BYTES = 1 << 16

const textPart = (path: string, label: string, bytes: AsyncIterable<Buffer>): Part => ({
  name: basename(path),
  label,
  place: 'line',
  rows: readCsv(readText(bytes, label), label),
})

function plain(path: string, meter: Meter): AsyncIterable<Buffer> {
  const file = createReadStream(path, { highWaterMark: UNPACKED_BYTES })
  meter.bytesRead = () => file.bytesRead
  return file
}

async function* gunzip(path: string, meter: Meter, label: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: READ_BYTES })
  const unpacked = createGunzip({ chunkSize: UNPACKED_BYTES })
  meter.bytesRead = () => file.bytesRead
  // Read errors reach the loop below through the gunzip stream, which the pipeline destroys with them.
  pipeline(file, unpacked, () => undefined)
  try {
    yield* unpacked as AsyncIterable<Buffer>
  } catch (cause) {
    throw new DamagedFileError(label, `is cut short or corrupt (gzip: ${reasonOf(cause)})`, { cause })
  }
}
